// Autocast, which TorchSharp does not have: its state is the calling thread's. Nothing here needs slsam_torch.cpp, so
// the file serves TorchSharp's own libtorch as well.

#include "slsam.h"

#include <ATen/autocast_mode.h>
#include <torch/version.h>

using namespace slsam;

namespace {

// libtorch 2.4 asks for the device where 1.x has functions for each.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
bool is_enabled(at::DeviceType device) { return at::autocast::is_autocast_enabled(device); }
void set_enabled(at::DeviceType device, bool enabled) { at::autocast::set_autocast_enabled(device, enabled); }
at::ScalarType get_type(at::DeviceType device) { return at::autocast::get_autocast_dtype(device); }
void set_type(at::DeviceType device, at::ScalarType type) { at::autocast::set_autocast_dtype(device, type); }
#else
bool is_cpu(at::DeviceType device) {
  TORCH_CHECK(device == at::kCPU || device == at::kCUDA, "This libtorch has autocast for the devices cpu and cuda only.");
  return device == at::kCPU;
}
bool is_enabled(at::DeviceType device) { return is_cpu(device) ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled(); }
void set_enabled(at::DeviceType device, bool enabled) { is_cpu(device) ? at::autocast::set_cpu_enabled(enabled) : at::autocast::set_enabled(enabled); }
at::ScalarType get_type(at::DeviceType device) { return is_cpu(device) ? at::autocast::get_autocast_cpu_dtype() : at::autocast::get_autocast_gpu_dtype(); }
void set_type(at::DeviceType device, at::ScalarType type) { is_cpu(device) ? at::autocast::set_autocast_cpu_dtype(type) : at::autocast::set_autocast_gpu_dtype(type); }
#endif

} // namespace

// Whether and to which type the calling thread casts on a device.
EXPORT const char* slsam_autocast_get(int32_t device, int32_t* enabled, int32_t* type) {
  return guarded([&] {
    *enabled = is_enabled(static_cast<at::DeviceType>(device));
    *type = static_cast<int32_t>(get_type(static_cast<at::DeviceType>(device)));
  });
}

EXPORT const char* slsam_autocast_set(int32_t device, int32_t enabled, int32_t type) {
  return guarded([&] {
    set_type(static_cast<at::DeviceType>(device), static_cast<at::ScalarType>(type));
    set_enabled(static_cast<at::DeviceType>(device), enabled != 0);
  });
}

// Counts the scopes of the calling thread, and returns how many there are now.
EXPORT int32_t slsam_autocast_nest(int32_t deeper) { return deeper ? at::autocast::increment_nesting() : at::autocast::decrement_nesting(); }

// Forgets the casts of weights that autocast keeps so as to cast each of them once.
EXPORT const char* slsam_autocast_forget() {
  return guarded([] { at::autocast::clear_cache(); });
}
