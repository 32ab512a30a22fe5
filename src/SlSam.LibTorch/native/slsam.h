// What the native files share. No exception leaves them: an entry point that can fail returns null, or the message of
// what went wrong (valid on the calling thread until its next call). A tensor's handle is a heap-allocated at::Tensor,
// as it is in TorchSharp.

#pragma once

#include <ATen/core/Tensor.h>
#include <c10/util/Exception.h>

#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace slsam {

inline thread_local std::string last_error;

template <class Body>
const char* guarded(Body&& body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const c10::Error& e) {
    last_error = e.what_without_backtrace();
  } catch (const std::exception& e) {
    last_error = e.what();
  } catch (...) {
    last_error = "libtorch threw something that is not an exception.";
  }
  return last_error.c_str();
}

inline const at::Tensor& tensor_of(const void* handle) {
  static const at::Tensor undefined;
  return handle ? *static_cast<const at::Tensor*>(handle) : undefined;
}

inline std::vector<at::Tensor> tensors_of(const void* const* handles, int64_t n) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(n);
  for (int64_t i = 0; i < n; ++i) tensors.push_back(tensor_of(handles[i]));
  return tensors;
}

} // namespace slsam
