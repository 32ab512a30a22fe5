// libtorch behind a C ABI: its dispatcher, tensors, autograd, TorchScript and random state.
// Compiles against libtorch 1.13 and 2.x.

#include "slsam.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <ATen/core/stack.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/csrc/autograd/anomaly_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/jit.h>
#include <torch/version.h>

#include <dlfcn.h>

#include <atomic>
#include <cstring>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace slsam;

namespace {

// One value that crosses the boundary. The C# side mirrors this layout (Dispatch/NativeValue.cs).
enum Kind : int32_t {
  kNone = 0, kTensor, kInt, kDouble, kBool, kString, kIntList, kDoubleList, kBoolList, kTensorList,
  kScalarType, kDevice, kGenerator, kComplex, kDefault,
  kTuple, kList, // results only: the next n values, recursively, are the elements
};

struct Value {
  int32_t kind;
  int32_t extra; // device index
  union { int64_t i; double d; const void* p; };
  union { int64_t n; double imaginary; };
};

std::atomic<int64_t> live_handles{0};

at::Tensor* new_handle(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  auto* handle = new at::Tensor(std::move(tensor));
  live_handles.fetch_add(1, std::memory_order_relaxed);
  return handle;
}

// ---- Operators ------------------------------------------------------------------------------------------------

// What an argument's place in the schema demands of the value put there.
enum class Slot { Tensor, Int, Double, Bool, Number, String, IntList, DoubleList, BoolList, TensorList, OptionalTensorList, NumberList, Device, Generator, Other };

struct Parameter {
  Slot slot;
  bool optional;
  int32_t length; // of a list that a single number may stand for, e.g. int[2]
  std::string name;
  std::optional<c10::IValue> fallback;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Parameter> parameters;
  std::string name;
};

Slot slot_of(const c10::TypePtr& type) {
  switch (type->kind()) {
    case c10::TypeKind::TensorType: return Slot::Tensor;
    case c10::TypeKind::IntType: return Slot::Int;
    case c10::TypeKind::FloatType: return Slot::Double;
    case c10::TypeKind::BoolType: return Slot::Bool;
    case c10::TypeKind::NumberType: return Slot::Number;
    case c10::TypeKind::StringType: return Slot::String;
    case c10::TypeKind::DeviceObjType: return Slot::Device;
    case c10::TypeKind::GeneratorType: return Slot::Generator;
    case c10::TypeKind::ListType: {
      const auto element = type->castRaw<c10::ListType>()->getElementType();
      switch (element->kind()) {
        case c10::TypeKind::IntType: return Slot::IntList;
        case c10::TypeKind::FloatType: return Slot::DoubleList;
        case c10::TypeKind::BoolType: return Slot::BoolList;
        case c10::TypeKind::NumberType: return Slot::NumberList;
        case c10::TypeKind::TensorType: return Slot::TensorList;
        case c10::TypeKind::OptionalType: return Slot::OptionalTensorList;
        default: return Slot::Other;
      }
    }
    default: return Slot::Other;
  }
}

Operator* find_operator(const char* name, const char* overload) {
  auto handle = c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
  auto op = std::make_unique<Operator>(Operator{handle, {}, name});
  for (const auto& argument : handle.schema().arguments()) {
    Parameter parameter;
    c10::TypePtr type = argument.type();
    parameter.optional = type->kind() == c10::TypeKind::OptionalType;
    if (parameter.optional) type = type->castRaw<c10::OptionalType>()->getElementType();
    parameter.slot = slot_of(type);
    parameter.length = argument.N() ? *argument.N() : 1;
    parameter.name = argument.name();
    if (argument.default_value()) parameter.fallback = *argument.default_value();
    op->parameters.push_back(std::move(parameter));
  }
  return op.release();
}

[[noreturn]] void refuse(const Operator& op, const Parameter& parameter, const Value& value) {
  TORCH_CHECK(false, op.name, ": a value of kind ", value.kind, " cannot be passed as '", parameter.name, "'.");
}

c10::Scalar number_of(const Operator& op, const Parameter& parameter, const Value& value) {
  switch (value.kind) {
    case kInt: return c10::Scalar(value.i);
    case kDouble: return c10::Scalar(value.d);
    case kBool: return c10::Scalar(value.i != 0);
    case kComplex: return c10::Scalar(c10::complex<double>(value.d, value.imaginary));
    default: refuse(op, parameter, value);
  }
}

c10::IValue convert(const Operator& op, const Parameter& parameter, const Value& value) {
  if (value.kind == kNone) {
    if (!parameter.optional && parameter.slot == Slot::Tensor) return c10::IValue(at::Tensor());
    return c10::IValue();
  }
  switch (parameter.slot) {
    case Slot::Tensor:
      if (value.kind == kTensor) return c10::IValue(tensor_of(value.p));
      break;
    case Slot::Int:
      if (value.kind == kInt || value.kind == kScalarType || value.kind == kBool) return c10::IValue(value.i);
      break;
    case Slot::Double:
      if (value.kind == kDouble) return c10::IValue(value.d);
      if (value.kind == kInt) return c10::IValue(static_cast<double>(value.i));
      break;
    case Slot::Bool:
      if (value.kind == kBool || value.kind == kInt) return c10::IValue(value.i != 0);
      break;
    case Slot::Number:
      return c10::IValue(number_of(op, parameter, value));
    case Slot::String:
      if (value.kind == kString) return c10::IValue(std::string(static_cast<const char*>(value.p), value.n));
      break;
    case Slot::IntList: {
      c10::List<int64_t> list;
      if (value.kind == kIntList) {
        list.reserve(value.n);
        for (int64_t i = 0; i < value.n; ++i) list.push_back(static_cast<const int64_t*>(value.p)[i]);
        return c10::IValue(std::move(list));
      }
      if (value.kind == kInt) {
        for (int32_t i = 0; i < parameter.length; ++i) list.push_back(value.i);
        return c10::IValue(std::move(list));
      }
      break;
    }
    case Slot::DoubleList: {
      if (value.kind != kDoubleList) break;
      c10::List<double> list;
      list.reserve(value.n);
      for (int64_t i = 0; i < value.n; ++i) list.push_back(static_cast<const double*>(value.p)[i]);
      return c10::IValue(std::move(list));
    }
    case Slot::BoolList: {
      if (value.kind != kBoolList) break;
      c10::List<bool> list;
      list.reserve(value.n);
      for (int64_t i = 0; i < value.n; ++i) list.push_back(static_cast<const uint8_t*>(value.p)[i] != 0);
      return c10::IValue(std::move(list));
    }
    case Slot::NumberList: {
      c10::List<c10::Scalar> list;
      if (value.kind == kDoubleList) {
        for (int64_t i = 0; i < value.n; ++i) list.push_back(c10::Scalar(static_cast<const double*>(value.p)[i]));
        return c10::IValue(std::move(list));
      }
      if (value.kind == kIntList) {
        for (int64_t i = 0; i < value.n; ++i) list.push_back(c10::Scalar(static_cast<const int64_t*>(value.p)[i]));
        return c10::IValue(std::move(list));
      }
      break;
    }
    case Slot::TensorList: {
      if (value.kind != kTensorList) break;
      c10::List<at::Tensor> list;
      list.reserve(value.n);
      for (int64_t i = 0; i < value.n; ++i) list.push_back(tensor_of(static_cast<const void* const*>(value.p)[i]));
      return c10::IValue(std::move(list));
    }
    case Slot::OptionalTensorList: {
      if (value.kind != kTensorList) break;
      // std::optional or c10::optional, as this libtorch has it.
      using Optional = decltype(std::declval<const c10::IValue&>().toOptionalTensorVector())::value_type;
      c10::List<Optional> list;
      list.reserve(value.n);
      for (int64_t i = 0; i < value.n; ++i) {
        const auto& tensor = tensor_of(static_cast<const void* const*>(value.p)[i]);
        list.push_back(tensor.defined() ? Optional(tensor) : Optional());
      }
      return c10::IValue(std::move(list));
    }
    case Slot::Device:
      if (value.kind == kDevice)
        return c10::IValue(c10::Device(static_cast<c10::DeviceType>(value.i), static_cast<c10::DeviceIndex>(value.extra)));
      break;
    case Slot::Generator:
      if (value.kind == kGenerator) return c10::IValue(*static_cast<const at::Generator*>(value.p));
      break;
    case Slot::Other:
      break;
  }
  refuse(op, parameter, value);
}

// Runs the operator on a stack of its own or on the thread's, whose memory is kept between calls.
template <class Use>
void run(const Operator& op, const Value* values, int32_t n, Use&& use) {
  thread_local torch::jit::Stack kept;
  thread_local bool busy = false;
  struct Borrowed {
    torch::jit::Stack own;
    const bool nested = busy;
    torch::jit::Stack& stack = nested ? own : kept;
    Borrowed() { busy = true; }
    ~Borrowed() { stack.clear(); busy = nested; }
  } borrowed;
  auto& stack = borrowed.stack;
  const auto& parameters = op.parameters;
  TORCH_CHECK(static_cast<size_t>(n) <= parameters.size(), op.name, " takes ", parameters.size(), " arguments, not ", n, ".");
  for (size_t i = 0; i < parameters.size(); ++i) {
    if (i < static_cast<size_t>(n) && values[i].kind != kDefault) {
      stack.push_back(convert(op, parameters[i], values[i]));
    } else {
      TORCH_CHECK(parameters[i].fallback, op.name, ": the argument '", parameters[i].name, "' has no default value.");
      stack.push_back(*parameters[i].fallback);
    }
  }
  op.handle.callBoxed(stack);
  use(stack);
}

// ---- Results of any shape ---------------------------------------------------------------------------------------

thread_local std::vector<Value> results;
thread_local std::deque<std::string> result_strings;

void append(const c10::IValue& value) {
  Value out{};
  if (value.isTensor()) {
    out.kind = kTensor;
    out.p = new_handle(value.toTensor());
    if (!out.p) out.kind = kNone;
  } else if (value.isInt()) {
    out.kind = kInt;
    out.i = value.toInt();
  } else if (value.isDouble()) {
    out.kind = kDouble;
    out.d = value.toDouble();
  } else if (value.isBool()) {
    out.kind = kBool;
    out.i = value.toBool();
  } else if (value.isComplexDouble()) {
    out.kind = kComplex;
    out.d = value.toComplexDouble().real();
    out.imaginary = value.toComplexDouble().imag();
  } else if (value.isString()) {
    result_strings.push_back(value.toStringRef());
    out.kind = kString;
    out.p = result_strings.back().data();
    out.n = static_cast<int64_t>(result_strings.back().size());
  } else if (value.isTuple()) {
    const auto& elements = value.toTupleRef().elements();
    out.kind = kTuple;
    out.n = static_cast<int64_t>(elements.size());
    results.push_back(out);
    for (const auto& element : elements) append(element);
    return;
  } else if (value.isList()) {
    const auto list = value.toList();
    out.kind = kList;
    out.n = static_cast<int64_t>(list.size());
    results.push_back(out);
    for (size_t i = 0; i < list.size(); ++i) append(list.get(i));
    return;
  } else {
    TORCH_CHECK(value.isNone(), "A value of type ", value.tagKind(), " cannot be returned to .NET.");
  }
  results.push_back(out);
}

template <class Fill>
void collect(const Value** values, int64_t* n, Fill&& fill) {
  results.clear();
  result_strings.clear();
  try {
    fill();
  } catch (...) {
    for (const auto& value : results)
      if (value.kind == kTensor) {
        delete static_cast<const at::Tensor*>(value.p);
        live_handles.fetch_sub(1, std::memory_order_relaxed);
      }
    throw;
  }
  *values = results.data();
  *n = static_cast<int64_t>(results.size());
}

c10::IValue script_value(const Value& value) {
  switch (value.kind) {
    case kTensor: return c10::IValue(tensor_of(value.p));
    case kInt: return c10::IValue(value.i);
    case kDouble: return c10::IValue(value.d);
    case kBool: return c10::IValue(value.i != 0);
    case kComplex: return c10::IValue(c10::complex<double>(value.d, value.imaginary));
    case kTensorList: {
      c10::List<at::Tensor> list;
      list.reserve(value.n);
      for (int64_t i = 0; i < value.n; ++i) list.push_back(tensor_of(static_cast<const void* const*>(value.p)[i]));
      return c10::IValue(std::move(list));
    }
    default: return c10::IValue();
  }
}

} // namespace

// ---- Operators ----------------------------------------------------------------------------------------------------

EXPORT const char* slsam_operator(const char* name, const char* overload, void** op) {
  return guarded([&] { *op = find_operator(name, overload); });
}

EXPORT const char* slsam_call(const void* op, const Value* values, int32_t n, void** tensor) {
  return guarded([&] {
    run(*static_cast<const Operator*>(op), values, n, [&](torch::jit::Stack& stack) { *tensor = new_handle(std::move(stack.back()).toTensor()); });
  });
}

EXPORT const char* slsam_call_void(const void* op, const Value* values, int32_t n) {
  return guarded([&] { run(*static_cast<const Operator*>(op), values, n, [](torch::jit::Stack&) {}); });
}

EXPORT const char* slsam_call_any(const void* op, const Value* values, int32_t n, const Value** out, int64_t* count) {
  return guarded([&] {
    run(*static_cast<const Operator*>(op), values, n, [&](torch::jit::Stack& stack) {
      collect(out, count, [&] { for (const auto& value : stack) append(value); });
    });
  });
}

// ---- Tensors --------------------------------------------------------------------------------------------------------

EXPORT void slsam_tensor_free(void* tensor) noexcept {
  delete static_cast<at::Tensor*>(tensor);
  live_handles.fetch_sub(1, std::memory_order_relaxed);
}

EXPORT int64_t slsam_live_handles() { return live_handles.load(std::memory_order_relaxed); }

EXPORT void* slsam_tensor_alias(const void* tensor) { return new_handle(tensor_of(tensor)); }

EXPORT int64_t slsam_tensor_dim(const void* tensor) { return tensor_of(tensor).dim(); }
EXPORT int64_t slsam_tensor_numel(const void* tensor) { return tensor_of(tensor).numel(); }
EXPORT int32_t slsam_tensor_dtype(const void* tensor) { return static_cast<int32_t>(tensor_of(tensor).scalar_type()); }
EXPORT int64_t slsam_tensor_element_size(const void* tensor) { return static_cast<int64_t>(tensor_of(tensor).element_size()); }
EXPORT int32_t slsam_tensor_device_type(const void* tensor) { return static_cast<int32_t>(tensor_of(tensor).device().type()); }
EXPORT int32_t slsam_tensor_device_index(const void* tensor) { return tensor_of(tensor).device().index(); }
EXPORT int32_t slsam_tensor_requires_grad(const void* tensor) { return tensor_of(tensor).requires_grad(); }
EXPORT int32_t slsam_tensor_is_leaf(const void* tensor) { return tensor_of(tensor).is_leaf(); }
EXPORT int32_t slsam_tensor_is_sparse(const void* tensor) { return tensor_of(tensor).is_sparse(); }
EXPORT int32_t slsam_tensor_is_contiguous(const void* tensor) { return tensor_of(tensor).is_contiguous(); }
EXPORT int32_t slsam_tensor_is_same(const void* left, const void* right) { return tensor_of(left).is_same(tensor_of(right)); }

EXPORT const char* slsam_tensor_sizes(const void* tensor, const int64_t** sizes) {
  return guarded([&] { *sizes = tensor_of(tensor).sizes().data(); });
}

EXPORT const char* slsam_tensor_strides(const void* tensor, const int64_t** strides) {
  return guarded([&] { *strides = tensor_of(tensor).strides().data(); });
}

EXPORT const char* slsam_tensor_storage_offset(const void* tensor, int64_t* offset) {
  return guarded([&] { *offset = tensor_of(tensor).storage_offset(); });
}

EXPORT const char* slsam_tensor_data(const void* tensor, void** data) {
  return guarded([&] { *data = tensor_of(tensor).data_ptr(); });
}

// A tensor on memory that someone else owns; `release(owner)` is called when libtorch needs it no longer.
EXPORT const char* slsam_tensor_wrap(void* data, const int64_t* sizes, int64_t dim, int32_t dtype, void (*release)(void*), void* owner, void** tensor) {
  return guarded([&] {
    const auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    *tensor = new_handle(at::from_blob(data, at::IntArrayRef(sizes, dim), [release, owner](void*) { release(owner); }, options));
  });
}

EXPORT const char* slsam_tensor_copy(const void* data, int64_t bytes, const int64_t* sizes, int64_t dim, int32_t dtype, void** tensor) {
  return guarded([&] {
    auto copy = at::empty(at::IntArrayRef(sizes, dim), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    TORCH_CHECK(static_cast<int64_t>(copy.nbytes()) == bytes, "The shape takes ", copy.nbytes(), " bytes, but the data has ", bytes, ".");
    if (bytes > 0) std::memcpy(copy.data_ptr(), data, bytes);
    *tensor = new_handle(std::move(copy));
  });
}

// ---- Autograd ---------------------------------------------------------------------------------------------------------

EXPORT const char* slsam_tensor_set_requires_grad(const void* tensor, int32_t value) {
  return guarded([&] { tensor_of(tensor).set_requires_grad(value != 0); });
}

EXPORT const char* slsam_tensor_grad(const void* tensor, void** grad) {
  return guarded([&] { *grad = new_handle(tensor_of(tensor).grad()); });
}

EXPORT const char* slsam_tensor_set_grad(const void* tensor, const void* grad) {
  return guarded([&] {
    const auto& self = tensor_of(tensor);
    const auto& value = tensor_of(grad);
    if (value.defined()) {
      TORCH_CHECK(value.sizes() == self.sizes(), "assigned grad has data of a different size: ", value.sizes(), " instead of ", self.sizes());
      TORCH_CHECK(value.device() == self.device(), "assigned grad has data located on a different device: ", value.device(), " instead of ", self.device());
      TORCH_CHECK(value.scalar_type() == self.scalar_type(), "assigned grad has data of a different type: ", value.scalar_type(), " instead of ", self.scalar_type());
    }
    self.mutable_grad() = value;
  });
}

EXPORT const char* slsam_tensor_retain_grad(const void* tensor) {
  return guarded([&] { tensor_of(tensor).retain_grad(); });
}

EXPORT const char* slsam_backward(const void* const* tensors, int64_t n, const void* const* grads, int64_t grad_n, int32_t retain_graph, int32_t create_graph, const void* const* inputs, int64_t input_n) {
  return guarded([&] {
    torch::autograd::backward(tensors_of(tensors, n), tensors_of(grads, grad_n), retain_graph != 0, create_graph != 0, tensors_of(inputs, input_n));
  });
}

EXPORT const char* slsam_grad(const void* const* outputs, int64_t n, const void* const* inputs, int64_t input_n, const void* const* grads, int64_t grad_n, int32_t retain_graph, int32_t create_graph, int32_t allow_unused, void** results) {
  return guarded([&] {
    const auto gradients = torch::autograd::grad(tensors_of(outputs, n), tensors_of(inputs, input_n), tensors_of(grads, grad_n), retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < gradients.size(); ++i) results[i] = new_handle(gradients[i]);
  });
}

EXPORT int32_t slsam_grad_enabled() { return at::GradMode::is_enabled(); }
EXPORT void slsam_set_grad_enabled(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }
EXPORT int32_t slsam_inference_mode() { return c10::InferenceMode::is_enabled(); }
EXPORT void* slsam_inference_mode_enter(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }
EXPORT void slsam_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
EXPORT int32_t slsam_anomaly_enabled() { return torch::autograd::AnomalyMode::is_enabled(); }
EXPORT int32_t slsam_anomaly_check_nan() { return torch::autograd::AnomalyMode::should_check_nan(); }
EXPORT void slsam_set_anomaly(int32_t enabled, int32_t check_nan) { torch::autograd::AnomalyMode::set_enabled(enabled != 0, check_nan != 0); }

// ---- TorchScript ------------------------------------------------------------------------------------------------------

EXPORT const char* slsam_script_compile(const char* source, void** unit) {
  return guarded([&] { *unit = new std::shared_ptr<torch::jit::CompilationUnit>(torch::jit::compile(source)); });
}

EXPORT void slsam_script_free(void* unit) { delete static_cast<std::shared_ptr<torch::jit::CompilationUnit>*>(unit); }

EXPORT const char* slsam_script_find(const void* unit, const char* name, void** function) {
  return guarded([&] {
    *function = (*static_cast<const std::shared_ptr<torch::jit::CompilationUnit>*>(unit))->find_function(c10::QualifiedName(name));
    TORCH_CHECK(*function, "The script has no function '", name, "'.");
  });
}

EXPORT const char* slsam_script_call(void* function, const Value* values, int32_t n, const Value** out, int64_t* count) {
  return guarded([&] {
    std::vector<c10::IValue> stack;
    stack.reserve(n);
    for (int32_t i = 0; i < n; ++i) stack.push_back(script_value(values[i]));
    const auto result = (*static_cast<torch::jit::Function*>(function))(std::move(stack));
    collect(out, count, [&] { append(result); });
  });
}

// ---- Random numbers ---------------------------------------------------------------------------------------------------

EXPORT const char* slsam_generator_new(uint64_t seed, int32_t device_type, int32_t device_index, void** generator) {
  return guarded([&] {
    const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    at::Generator made = device.is_cpu() ? at::make_generator<at::CPUGeneratorImpl>(seed) : at::globalContext().defaultGenerator(device).clone();
    made.set_current_seed(seed);
    *generator = new at::Generator(std::move(made));
  });
}

EXPORT const char* slsam_generator_default(int32_t device_type, int32_t device_index, void** generator) {
  return guarded([&] {
    const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
    *generator = new at::Generator(at::globalContext().defaultGenerator(device));
  });
}

EXPORT void slsam_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }

EXPORT const char* slsam_generator_get_state(void* generator, void** state) {
  return guarded([&] {
    auto& self = *static_cast<at::Generator*>(generator);
    const std::lock_guard<std::mutex> lock(self.mutex());
    *state = new_handle(self.get_state());
  });
}

EXPORT const char* slsam_generator_set_state(void* generator, const void* state) {
  return guarded([&] {
    auto& self = *static_cast<at::Generator*>(generator);
    const std::lock_guard<std::mutex> lock(self.mutex());
    self.set_state(tensor_of(state));
  });
}

EXPORT const char* slsam_generator_set_seed(void* generator, uint64_t seed) {
  return guarded([&] {
    auto& self = *static_cast<at::Generator*>(generator);
    const std::lock_guard<std::mutex> lock(self.mutex());
    self.set_current_seed(seed);
  });
}

EXPORT uint64_t slsam_generator_current_seed(void* generator) { return static_cast<at::Generator*>(generator)->current_seed(); }

EXPORT const char* slsam_generator_seed(void* generator, uint64_t* seed) {
  return guarded([&] {
    auto& self = *static_cast<at::Generator*>(generator);
    const std::lock_guard<std::mutex> lock(self.mutex());
    *seed = self.seed();
  });
}

EXPORT const char* slsam_manual_seed(uint64_t seed) {
  return guarded([&] { at::manual_seed(seed); });
}

// ---- The machine ------------------------------------------------------------------------------------------------------

EXPORT const char* slsam_version() { return TORCH_VERSION; }
EXPORT int32_t slsam_get_num_threads() { return at::get_num_threads(); }
EXPORT int32_t slsam_get_num_interop_threads() { return at::get_num_interop_threads(); }
// OpenBLAS with threads of its own, as Debian has it, does not hear of libtorch's number.
EXPORT const char* slsam_set_num_threads(int32_t n) {
  return guarded([&] {
    at::set_num_threads(n);
    if (auto set = reinterpret_cast<void (*)(int)>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(n);
  });
}
EXPORT const char* slsam_set_num_interop_threads(int32_t n) { return guarded([&] { at::set_num_interop_threads(n); }); }

EXPORT int32_t slsam_cuda_available() {
  try {
    return at::globalContext().hasCUDA() && at::detail::getCUDAHooks().getNumGPUs() > 0;
  } catch (...) {
    return 0;
  }
}

EXPORT int32_t slsam_cudnn_available() {
  try {
    return at::globalContext().hasCUDA() && at::detail::getCUDAHooks().hasCuDNN();
  } catch (...) {
    return 0;
  }
}

EXPORT int32_t slsam_cuda_device_count() {
  try {
    return at::globalContext().hasCUDA() ? at::detail::getCUDAHooks().getNumGPUs() : 0;
  } catch (...) {
    return 0;
  }
}

EXPORT const char* slsam_cuda_synchronize(int32_t device) {
  return guarded([&] {
    const auto current = [] { return c10::impl::VirtualGuardImpl(c10::DeviceType::CUDA).getDevice().index(); };
    at::detail::getCUDAHooks().deviceSynchronize(device < 0 ? current() : static_cast<c10::DeviceIndex>(device));
  });
}

EXPORT const char* slsam_get_tf32(int32_t cudnn, int32_t* allowed) {
  return guarded([&] { *allowed = cudnn ? at::globalContext().allowTF32CuDNN() : at::globalContext().allowTF32CuBLAS(); });
}

EXPORT const char* slsam_set_tf32(int32_t cudnn, int32_t allowed) {
  return guarded([&] { cudnn ? at::globalContext().setAllowTF32CuDNN(allowed != 0) : at::globalContext().setAllowTF32CuBLAS(allowed != 0); });
}
