// libtorch's c10d behind a C ABI: a process group, and the averaging of gradients over its processes while the backward pass runs.
// compile.sh defines SLSAM_GLOO and SLSAM_NCCL where libtorch has them and their headers are there; where it has neither, SLSAM_NO_C10D is the reason.
// Compiles against libtorch 1.13 and 2.x. An entry point that can fail returns what guarded does (slsam.h).

#include "slsam.h"

// Which of c10d's backends can be used: 1 Gloo, 2 NCCL, 3 both.
EXPORT int32_t slsam_distributed_backends() {
  int32_t backends = 0;
#ifdef SLSAM_GLOO
  backends |= 1;
#endif
#ifdef SLSAM_NCCL
  backends |= 2;
#endif
  return backends;
}

// Why there is none.
EXPORT const char* slsam_distributed_missing() {
#ifdef SLSAM_NO_C10D
  return SLSAM_NO_C10D;
#else
  return "";
#endif
}

#if defined(SLSAM_GLOO) || defined(SLSAM_NCCL)

#ifdef SLSAM_GLOO
#define USE_C10D_GLOO
#endif
#ifdef SLSAM_NCCL
#define USE_C10D_NCCL
#endif

#include <ATen/ATen.h>
#include <ATen/ScalarOps.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/function_hook.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#ifdef SLSAM_GLOO
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif
#ifdef SLSAM_NCCL
#include <torch/csrc/distributed/c10d/ProcessGroupNCCL.hpp>
#endif
#include <torch/version.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <memory>
#include <mutex>
#include <sstream>
#include <utility>

using namespace slsam;

namespace {

#if TORCH_VERSION_MAJOR >= 2
using Backend = c10d::Backend;
#else
using Backend = c10d::ProcessGroup;
#endif
using Work = decltype(std::declval<Backend&>().barrier());

constexpr int64_t kFirstBucket = 1 << 20; // as in PyTorch's DDP: what is ready first travels early
constexpr int64_t kBroadcastBytes = 16 << 20;

struct Group {
  c10::intrusive_ptr<Backend> backend;
  int size;
  bool gloo;
  c10::Device device; // where tensors lie that travel
  std::chrono::milliseconds timeout;
  std::atomic<int64_t> bytes{0};

  void count(const at::Tensor& tensor) { bytes.fetch_add(static_cast<int64_t>(tensor.nbytes()), std::memory_order_relaxed); }

  Work allreduce(const at::Tensor& tensor, c10d::ReduceOp::RedOpType operation = c10d::ReduceOp::SUM) {
    count(tensor);
    std::vector<at::Tensor> tensors{tensor};
    c10d::AllreduceOptions options;
    options.reduceOp = operation;
    return backend->allreduce(tensors, options);
  }

  void wait(const Work& work) { work->wait(timeout); }
};

// Newer versions serve a store by libuv unless told otherwise, and fail where they were built without it.
template <class Options>
auto without_libuv(Options& options, int) -> decltype(options.useLibUV = false, void()) { options.useLibUV = false; }
template <class Options>
void without_libuv(Options&, long) {}

c10::intrusive_ptr<c10d::Store> connect(const char* host, int32_t port, int32_t rank, int32_t size, const char* prefix, std::chrono::milliseconds timeout) {
  c10d::TCPStoreOptions options;
  options.port = static_cast<uint16_t>(port);
  // With a prefix, the program that started the workers serves the store.
  options.isServer = *prefix == 0 && rank == 0;
  options.numWorkers = size;
  options.timeout = timeout;
  without_libuv(options, 0);
  c10::intrusive_ptr<c10d::Store> store = c10::make_intrusive<c10d::TCPStore>(host, options);
  return c10::make_intrusive<c10d::PrefixStore>(*prefix ? prefix : "slsam", store);
}

#ifdef SLSAM_GLOO
c10::intrusive_ptr<Backend> make_gloo(const c10::intrusive_ptr<c10d::Store>& store, int32_t rank, int32_t size, std::chrono::milliseconds timeout) {
  auto options = c10d::ProcessGroupGloo::Options::create(timeout);
  // As PyTorch does: the interfaces named, or the one of this machine's name.
  const char* interfaces = std::getenv("GLOO_SOCKET_IFNAME");
  std::stringstream names(interfaces ? interfaces : "");
  for (std::string name; std::getline(names, name, ',');) options->devices.push_back(c10d::ProcessGroupGloo::createDeviceForInterface(name));
  if (options->devices.empty()) options->devices.push_back(c10d::ProcessGroupGloo::createDefaultDevice());
  return c10::make_intrusive<c10d::ProcessGroupGloo>(store, rank, size, options);
}
#endif

#ifdef SLSAM_NCCL
c10::intrusive_ptr<Backend> make_nccl(const c10::intrusive_ptr<c10d::Store>& store, int32_t rank, int32_t size, std::chrono::milliseconds timeout) {
  // wait() is to return, or throw when the time is over; otherwise libtorch ends the process.
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 2)
  setenv("TORCH_NCCL_BLOCKING_WAIT", "1", 0);
#else
  setenv("NCCL_BLOCKING_WAIT", "1", 0);
#endif
  auto options = c10d::ProcessGroupNCCL::Options::create();
  options->timeout = timeout;
  return c10::make_intrusive<c10d::ProcessGroupNCCL>(store, rank, size, options);
}
#endif

at::Tensor bytes_of(const at::Tensor& tensor) { return tensor.detach().contiguous().reshape({-1}).view(at::kByte); }

// Gives every tensor the bits that it has on the root; as few calls as their sizes allow.
void broadcast(Group& group, const std::vector<at::Tensor>& tensors, int root, bool is_root) {
  at::NoGradGuard no_grad;
  for (size_t first = 0; first < tensors.size();) {
    size_t last = first;
    int64_t total = 0;
    std::vector<at::Tensor> parts;
    do {
      parts.push_back(bytes_of(tensors[last]).to(group.device));
      total += parts.back().numel();
    } while (++last < tensors.size() && total + static_cast<int64_t>(tensors[last].nbytes()) <= kBroadcastBytes);
    auto flat = at::cat(parts);
    if (total > 0) {
      c10d::BroadcastOptions options;
      options.rootRank = root;
      std::vector<at::Tensor> sent{flat};
      group.count(flat);
      group.wait(group.backend->broadcast(sent, options));
    }
    int64_t offset = 0;
    for (size_t i = first; i < last; ++i) {
      const auto& tensor = tensors[i];
      const auto bytes = static_cast<int64_t>(tensor.nbytes());
      if (!is_root && bytes > 0) {
        // The clone lies where numbers of the tensor's type may.
        tensor.detach().copy_(flat.narrow(0, offset, bytes).clone().view(tensor.scalar_type()).view(tensor.sizes()));
      }
      offset += bytes;
    }
    first = last;
  }
}

// ---- Averaging of gradients -------------------------------------------------------------------------------------------

// Sums the weighted gradients of some parameters over all processes. They are packed into buckets in the order in which a backward pass comes to
// them; a bucket is on its way as soon as the last gradient in it is accumulated. All processes send the same buckets in the same order. The last one
// carries along who has a gradient at all: a parameter that has one somewhere gets the average everywhere, one that has none keeps none.
class Reducer {
 public:
  Reducer(Group& group, int64_t bucket_bytes) : group_(group), capacity_(bucket_bytes) {}
  ~Reducer() { unhook(); }

  // values: the parameters, or what stands in for them: a wider copy, or a vector of the entries whose indices are given. It is their gradients that
  // are summed; those of a backward pass come to them from the parameters'.
  void begin(std::vector<at::Tensor> parameters, std::vector<at::Tensor> indices, std::vector<at::Tensor> values, double weight) {
    unhook();
    slots_.clear();
    buckets_.clear();
    next_ = 0;
    failure_ = nullptr;
    weight_ = weight;
    for (size_t i = 0; i < parameters.size(); ++i) {
      slots_.push_back({std::move(parameters[i]), std::move(indices[i]), std::move(values[i])});
    }
    plan();
    for (size_t i = 0; i < slots_.size(); ++i) {
      auto& slot = slots_[i];
      slot.accumulator = torch::autograd::impl::grad_accumulator(slot.parameter);
      if (slot.accumulator) slot.hook = slot.accumulator->add_post_hook(std::make_unique<Hook>(*this, i));
    }
  }

  // When the gradients are complete and have come to the values: sends what has not been sent.
  void flush() {
    unhook();
    std::lock_guard<std::mutex> lock(mutex_);
    if (failure_) std::rethrow_exception(failure_);
    at::NoGradGuard no_grad;
    for (auto& slot : slots_)
      if (!slot.packed) pack(slot, at::Tensor());
    launch();
  }

  // Waits, and makes the sums the gradients of the values.
  void wait() {
    at::NoGradGuard no_grad;
    for (auto& bucket : buckets_) group_.wait(bucket.work);
    if (buckets_.empty()) return;
    const auto tail = buckets_.back().buffer.narrow(0, buckets_.back().numel, static_cast<int64_t>(slots_.size())).to(at::kCPU, at::kFloat);
    for (size_t i = 0; i < slots_.size(); ++i) {
      auto& slot = slots_[i];
      if (tail.data_ptr<float>()[i] <= 0) continue;
      auto& gradient = slot.value.mutable_grad();
      if (!gradient.defined()) gradient = at::empty_like(slot.value, slot.value.options().requires_grad(false));
      if (gradient.numel() == 0) gradient.resize_(slot.value.sizes());
      gradient.copy_(buckets_[slot.bucket].buffer.narrow(0, slot.offset, slot.value.numel()).view(slot.value.sizes()));
    }
  }

  // In place of flush and wait, where the pass has failed here: the others get what they wait for.
  void abandon() {
    unhook();
    std::lock_guard<std::mutex> lock(mutex_);
    at::NoGradGuard no_grad;
    for (auto& slot : slots_) {
      slot.packed = true;
      slot.present = false;
    }
    for (size_t i = next_; i < buckets_.size(); ++i) {
      buckets_[i].pending = 0;
      buckets_[i].buffer.zero_();
    }
    launch();
    for (auto& bucket : buckets_) group_.wait(bucket.work);
  }

  int64_t bytes() const { return bytes_; }

  // Of these, how many left while the backward pass had other gradients to compute.
  int64_t early_bytes() const { return early_bytes_; }

 private:
  using Accumulator = decltype(torch::autograd::impl::grad_accumulator(std::declval<const at::Tensor&>()));

  struct Slot {
    at::Tensor parameter, indices, value;
    size_t bucket = 0;
    int64_t offset = 0;
    bool packed = false, present = false;
    Accumulator accumulator{};
    uintptr_t hook = 0;
  };

  struct Bucket {
    at::ScalarType type;
    int64_t numel = 0;
    size_t pending = 0; // slots that are not packed yet
    size_t last = 0; // how late the backward pass comes to the last of them
    at::Tensor buffer{}; // and, in the last bucket, one number for each slot behind it
    Work work{};
  };

  struct Hook : torch::autograd::FunctionPostHook {
    Hook(Reducer& reducer, size_t slot) : reducer(reducer), slot(slot) {}
    torch::autograd::variable_list operator()(const torch::autograd::variable_list& outputs, const torch::autograd::variable_list&) override {
      reducer.accumulated(slot);
      return outputs;
    }
    Reducer& reducer;
    size_t slot;
  };

  // Gloo does not know bfloat16 in every version.
  at::ScalarType travelling(const Slot& slot) const {
    const auto type = slot.value.scalar_type();
    return group_.gloo && type == at::kBFloat16 ? at::kFloat : type;
  }

  int64_t capacity_of(size_t bucket, at::ScalarType type) const {
    return (bucket == 0 ? std::min(kFirstBucket, capacity_) : capacity_) / static_cast<int64_t>(c10::elementSize(type));
  }

  void plan() {
    std::vector<size_t> open; // for each type, the bucket that is being filled
    std::vector<size_t> of(slots_.size());
    for (size_t back = 0; back < slots_.size(); ++back) {
      const auto i = slots_.size() - 1 - back;
      auto& slot = slots_[i];
      const auto type = travelling(slot);
      auto found = std::find_if(open.begin(), open.end(), [&](size_t b) { return buckets_[b].type == type; });
      if (found != open.end() && buckets_[*found].numel + slot.value.numel() > capacity_of(*found, type)) {
        open.erase(found);
        found = open.end();
      }
      if (found == open.end()) {
        buckets_.push_back({type});
        found = open.insert(open.end(), buckets_.size() - 1);
      }
      auto& bucket = buckets_[*found];
      of[i] = *found;
      slot.offset = bucket.numel;
      bucket.numel += slot.value.numel();
      bucket.last = back;
      ++bucket.pending;
    }
    // Buckets of different types end in another order than they begin.
    std::vector<size_t> order(buckets_.size());
    for (size_t b = 0; b < order.size(); ++b) order[b] = b;
    std::sort(order.begin(), order.end(), [&](size_t left, size_t right) { return buckets_[left].last < buckets_[right].last; });
    std::vector<size_t> place(order.size());
    std::vector<Bucket> sorted;
    for (size_t p = 0; p < order.size(); ++p) {
      place[order[p]] = p;
      sorted.push_back(std::move(buckets_[order[p]]));
    }
    buckets_ = std::move(sorted);
    for (size_t i = 0; i < slots_.size(); ++i) slots_[i].bucket = place[of[i]];
    buffers_.resize(std::max(buffers_.size(), buckets_.size()));
    for (size_t b = 0; b < buckets_.size(); ++b) {
      auto& bucket = buckets_[b];
      auto& buffer = buffers_[b];
      const auto length = bucket.numel + (b + 1 == buckets_.size() ? static_cast<int64_t>(slots_.size()) : 0);
      if (!buffer.defined() || buffer.scalar_type() != bucket.type || buffer.numel() < length)
        buffer = at::empty({length}, at::TensorOptions().dtype(bucket.type).device(group_.device));
      bucket.buffer = buffer.narrow(0, 0, length);
    }
  }

  void accumulated(size_t index) {
    std::lock_guard<std::mutex> lock(mutex_);
    auto& slot = slots_[index];
    if (failure_ || slot.packed || !has_numbers(slot.parameter.grad())) return;
    try {
      at::NoGradGuard no_grad;
      pack(slot, slot.parameter.grad());
      const auto before = bytes_;
      launch();
      if (next_ < buckets_.size()) early_bytes_ += bytes_ - before;
    } catch (...) {
      // The backward pass goes on; flush says what has happened.
      failure_ = std::current_exception();
    }
  }

  // What stands in for a parameter has an empty gradient where it has none.
  static bool has_numbers(const at::Tensor& gradient) { return gradient.defined() && gradient.numel() > 0; }

  // fresh: the parameter's gradient, where it has not come to the value yet.
  void pack(Slot& slot, const at::Tensor& fresh) {
    auto& bucket = buckets_[slot.bucket];
    auto place = bucket.buffer.narrow(0, slot.offset, slot.value.numel()).view(slot.value.sizes());
    const auto& kept = slot.value.grad();
    const auto own = slot.value.is_same(slot.parameter);
    slot.packed = true;
    slot.present = has_numbers(kept) || fresh.defined();
    --bucket.pending;
    if (!slot.present) {
      place.zero_();
      return;
    }
    const auto& first = own || !fresh.defined() ? kept : fresh;
    TORCH_CHECK(first.layout() == at::kStrided, "A sparse gradient cannot be averaged over processes.");
    if (slot.indices.defined() && fresh.defined()) {
      place.copy_(first.reshape({-1}).index_select(0, slot.indices));
    } else if (own && first.scalar_type() == bucket.type && first.device() == place.device()) {
      at::mul_out(place, first, at::native::wrapped_scalar_tensor(weight_));
      return;
    } else {
      place.copy_(first);
    }
    if (!own && fresh.defined() && has_numbers(kept)) place.add_(kept);
    place.mul_(weight_);
  }

  void launch() {
    for (; next_ < buckets_.size() && buckets_[next_].pending == 0; ++next_) {
      auto& bucket = buckets_[next_];
      if (next_ + 1 == buckets_.size()) {
        auto present = at::empty({static_cast<int64_t>(slots_.size())}, at::kFloat);
        for (size_t i = 0; i < slots_.size(); ++i) present.data_ptr<float>()[i] = slots_[i].present;
        bucket.buffer.narrow(0, bucket.numel, present.numel()).copy_(present);
      }
      bytes_ += static_cast<int64_t>(bucket.buffer.nbytes());
      bucket.work = group_.allreduce(bucket.buffer);
    }
  }

  void unhook() {
    for (auto& slot : slots_) {
      if (slot.accumulator && slot.hook) slot.accumulator->del_post_hook(slot.hook);
      slot.hook = 0;
      slot.accumulator = {};
    }
  }

  Group& group_;
  int64_t capacity_;
  double weight_ = 1;
  std::vector<Slot> slots_;
  std::vector<Bucket> buckets_;
  std::vector<at::Tensor> buffers_; // kept from pass to pass
  size_t next_ = 0; // the first bucket that is not on its way
  int64_t bytes_ = 0, early_bytes_ = 0;
  std::exception_ptr failure_; // of a hook
  std::mutex mutex_;
};

Group& group_of(void* group) { return *static_cast<Group*>(group); }
Reducer& reducer_of(void* reducer) { return *static_cast<Reducer*>(reducer); }

} // namespace

// ---- Process groups -----------------------------------------------------------------------------------------------------

// backend: 1 Gloo, 2 NCCL; device: of the GPU that NCCL is to use. prefix: empty, or that of a store which the program that started the workers serves.
EXPORT const char* slsam_group_new(int32_t backend, const char* host, int32_t port, int32_t rank, int32_t size, int32_t device, const char* prefix, int64_t timeout, void** group) {
  return guarded([&] {
    const std::chrono::milliseconds limit(timeout);
    const auto store = connect(host, port, rank, size, prefix, limit);
    c10::intrusive_ptr<Backend> made;
#ifdef SLSAM_GLOO
    if (backend == 1) made = make_gloo(store, rank, size, limit);
#endif
#ifdef SLSAM_NCCL
    if (backend == 2) made = make_nccl(store, rank, size, limit);
#endif
    TORCH_CHECK(made, "The native library was compiled without this backend.");
    const auto where = backend == 1 ? c10::Device(c10::kCPU) : c10::Device(c10::kCUDA, static_cast<c10::DeviceIndex>(device));
    *group = new Group{std::move(made), size, backend == 1, where, limit};
  });
}

EXPORT const char* slsam_group_free(void* group) {
  return guarded([&] { delete static_cast<Group*>(group); });
}

// How many bytes have been handed to c10d.
EXPORT int64_t slsam_group_bytes(void* group) { return group_of(group).bytes.load(std::memory_order_relaxed); }

EXPORT const char* slsam_group_barrier(void* group) {
  return guarded([&] {
    auto& self = group_of(group);
    c10d::BarrierOptions options;
    // Left to itself NCCL takes the GPU that has the number of the rank.
    if (self.device.is_cuda()) options.device_ids = {self.device.index()};
    self.wait(self.backend->barrier(options));
  });
}

// operation: as c10d numbers them (0 sum, 2 product, 3 minimum, 4 maximum).
EXPORT const char* slsam_group_allreduce(void* group, const void* tensor, int32_t operation) {
  return guarded([&] {
    at::NoGradGuard no_grad;
    auto& self = group_of(group);
    const auto target = tensor_of(tensor).detach();
    const auto sent = target.to(self.device).contiguous();
    self.wait(self.allreduce(sent, static_cast<c10d::ReduceOp::RedOpType>(operation)));
    if (!sent.is_same(target)) target.copy_(sent);
  });
}

EXPORT const char* slsam_group_broadcast(void* group, const void* const* tensors, int64_t n, int32_t root, int32_t is_root) {
  return guarded([&] { broadcast(group_of(group), tensors_of(tensors, n), root, is_root != 0); });
}

// Every process's numbers, in the order of the ranks.
EXPORT const char* slsam_group_gather(void* group, const double* values, int64_t n, double* all) {
  return guarded([&] {
    auto& self = group_of(group);
    std::vector<at::Tensor> mine{at::empty({n}, at::kDouble)};
    std::copy(values, values + n, mine[0].data_ptr<double>());
    mine[0] = mine[0].to(self.device);
    std::vector<std::vector<at::Tensor>> everyone(1);
    for (int rank = 0; rank < self.size; ++rank) everyone[0].push_back(at::empty_like(mine[0]));
    self.count(mine[0]);
    self.wait(self.backend->allgather(everyone, mine));
    for (int rank = 0; rank < self.size; ++rank) {
      const auto theirs = everyone[0][rank].cpu();
      std::copy(theirs.data_ptr<double>(), theirs.data_ptr<double>() + n, all + rank * n);
    }
  });
}

// ---- Averaging of gradients -----------------------------------------------------------------------------------------------

EXPORT const char* slsam_reducer_new(void* group, int64_t bucket_bytes, void** reducer) {
  return guarded([&] { *reducer = new Reducer(group_of(group), bucket_bytes); });
}

EXPORT void slsam_reducer_free(void* reducer) { delete static_cast<Reducer*>(reducer); }
EXPORT int64_t slsam_reducer_bytes(void* reducer) { return reducer_of(reducer).bytes(); }
EXPORT int64_t slsam_reducer_early_bytes(void* reducer) { return reducer_of(reducer).early_bytes(); }

EXPORT const char* slsam_reducer_begin(void* reducer, const void* const* parameters, const void* const* indices, const void* const* values, int64_t n, double weight) {
  return guarded([&] { reducer_of(reducer).begin(tensors_of(parameters, n), tensors_of(indices, n), tensors_of(values, n), weight); });
}

EXPORT const char* slsam_reducer_flush(void* reducer) {
  return guarded([&] { reducer_of(reducer).flush(); });
}

EXPORT const char* slsam_reducer_wait(void* reducer) {
  return guarded([&] { reducer_of(reducer).wait(); });
}

EXPORT const char* slsam_reducer_abandon(void* reducer) {
  return guarded([&] { reducer_of(reducer).abandon(); });
}

#endif
