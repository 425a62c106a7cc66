#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/Version.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <c10/core/GradMode.h>
#include <c10/util/Logging.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <atomic>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

namespace {

using c10::IValue;
using c10::TypeKind;

thread_local std::string last_error;

// Without this, libtorch 1 looks up the C++ frames of every error: two milliseconds each, for a text that is cut off below.
const bool no_frames = (c10::SetStackTraceFetcher([] { return std::string(); }), true);

// libtorch 1 has an optional of its own, libtorch 2 has std's.
template <class T>
struct Rebound;
template <template <class> class Wrapper, class Inner>
struct Rebound<Wrapper<Inner>> {
  template <class T>
  using with = Wrapper<T>;
};
using MaybeValue = std::decay_t<decltype(std::declval<const c10::Argument&>().default_value())>;
template <class T>
using Maybe = Rebound<MaybeValue>::with<T>;
std::atomic<int64_t> live{0}, peak{0};

/// Keeps libtorch's first line: what happened, without the C++ frames that follow it.
void note(const char* message) noexcept {
  try {
    const char* end = std::strchr(message, '\n');
    last_error.assign(message, end ? static_cast<size_t>(end - message) : std::strlen(message));
  } catch (...) {
    last_error.clear();
  }
}

template <class Result, class Body>
Result guarded(Result failed, Body body) noexcept {
  try {
    return body();
  } catch (const c10::Error& e) {
    note(e.what_without_backtrace());
  } catch (const std::exception& e) {
    note(e.what());
  } catch (...) {
    note("an unknown C++ exception");
  }
  return failed;
}

// A handle is a TensorImpl* that owns one reference.
bp_tensor give(at::Tensor t) {
  if (!t.defined()) return nullptr;
  const int64_t now = live.fetch_add(1, std::memory_order_relaxed) + 1;
  if (now > peak.load(std::memory_order_relaxed)) peak.store(now, std::memory_order_relaxed);
  return t.unsafeReleaseTensorImpl();
}

at::Tensor take(bp_tensor t) {
  if (!t) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(static_cast<at::TensorImpl*>(t)));
}

/// A tensor seen through its handle: no count is touched.
struct Borrowed {
  explicit Borrowed(bp_tensor t)
      : tensor(t ? at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(static_cast<at::TensorImpl*>(t)))
                 : at::Tensor()) {}
  ~Borrowed() { tensor.unsafeReleaseTensorImpl(); }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
  at::Tensor tensor;
};

std::vector<at::Tensor> take_all(const bp_tensor* handles, int32_t count) {
  std::vector<at::Tensor> result;
  result.reserve(count);
  for (int32_t i = 0; i < count; i++) result.push_back(take(handles[i]));
  return result;
}

at::Generator take_generator(void* g) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(g)));
}

/// What an operator's parameter wants to be given.
enum class Want : uint8_t { AsIs, Double, Int, Ints, Doubles, Tensor }; // Tensor: one that must be there

struct Op {
  c10::OperatorHandle handle;
  std::vector<Want> wants;
  std::vector<MaybeValue> defaults;
  std::string name;
};

Want wanted(const c10::TypePtr& declared) {
  c10::TypePtr type = declared;
  if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
  switch (type->kind()) {
    case TypeKind::TensorType: return type == declared ? Want::Tensor : Want::AsIs;
    case TypeKind::FloatType: return Want::Double;
    case TypeKind::IntType:
    case TypeKind::SymIntType: return Want::Int;
    case TypeKind::ListType: {
      auto element = type->expectRef<c10::ListType>().getElementType()->kind();
      if (element == TypeKind::IntType || element == TypeKind::SymIntType) return Want::Ints;
      return element == TypeKind::FloatType ? Want::Doubles : Want::AsIs;
    }
    default: return Want::AsIs;
  }
}

IValue list_of(const bp_value& v) {
  switch (v.kind) {
    case BP_INTS: {
      auto* p = static_cast<const int64_t*>(v.p);
      return IValue(std::vector<int64_t>(p, p + v.count));
    }
    case BP_DOUBLES: {
      auto* p = static_cast<const double*>(v.p);
      return IValue(std::vector<double>(p, p + v.count));
    }
    case BP_BOOLS: {
      auto* p = static_cast<const uint8_t*>(v.p);
      c10::List<bool> list;
      for (int32_t i = 0; i < v.count; i++) list.push_back(p[i] != 0);
      return IValue(std::move(list));
    }
    case BP_TENSORS: {
      c10::List<at::Tensor> list;
      list.reserve(v.count);
      for (auto& t : take_all(static_cast<const bp_tensor*>(v.p), v.count)) list.push_back(std::move(t));
      return IValue(std::move(list));
    }
    default: {
      c10::List<Maybe<at::Tensor>> list;
      list.reserve(v.count);
      for (auto& t : take_all(static_cast<const bp_tensor*>(v.p), v.count)) {
        if (t.defined()) list.push_back(std::move(t));
        else list.push_back(Maybe<at::Tensor>());
      }
      return IValue(std::move(list));
    }
  }
}

IValue in(const bp_value& v, Want want) {
  switch (v.kind) {
    case BP_NONE:
      TORCH_CHECK(want != Want::Tensor, "a tensor is wanted here, not null");
      return IValue();
    case BP_TENSOR: return IValue(take(v.p));
    case BP_INT:
      if (want == Want::Double) return IValue(static_cast<double>(v.i));
      if (want == Want::Ints) return IValue(std::vector<int64_t>{v.i});
      return IValue(v.i);
    case BP_DOUBLE:
      if (want == Want::Doubles) return IValue(std::vector<double>{v.d});
      TORCH_CHECK(want != Want::Int, "an integer is wanted, not ", v.d);
      return IValue(v.d);
    case BP_BOOL: return want == Want::Int ? IValue(v.i) : IValue(v.i != 0);
    case BP_DEVICE: return IValue(c10::Device(static_cast<c10::DeviceType>(v.count), static_cast<c10::DeviceIndex>(v.i)));
    case BP_STRING: return IValue(std::string(static_cast<const char*>(v.p), v.count));
    case BP_GENERATOR: return IValue(take_generator(v.p));
    case BP_COMPLEX: {
      auto* p = static_cast<const double*>(v.p);
      return IValue(c10::complex<double>(p[0], p[1]));
    }
    case BP_INTS:
      if (want == Want::Doubles) {
        auto* p = static_cast<const int64_t*>(v.p);
        return IValue(std::vector<double>(p, p + v.count));
      }
      return list_of(v);
    default: return list_of(v);
  }
}

template <class T>
void* copied(const std::vector<T>& values) {
  void* memory = std::malloc(values.size() * sizeof(T) + 1);
  if (!memory) throw std::bad_alloc();
  std::memcpy(memory, values.data(), values.size() * sizeof(T));
  return memory;
}

void out(const IValue& v, bp_value& r) {
  r = bp_value{BP_NONE, 0, {0}};
  if (v.isTensor()) {
    r.kind = BP_TENSOR;
    r.p = give(v.toTensor());
  } else if (v.isInt() || v.isSymInt()) {
    r.kind = BP_INT;
    r.i = v.toInt();
  } else if (v.isDouble()) {
    r.kind = BP_DOUBLE;
    r.d = v.toDouble();
  } else if (v.isBool()) {
    r.kind = BP_BOOL;
    r.i = v.toBool();
  } else if (v.isTensorList()) {
    std::vector<bp_tensor> handles;
    for (const auto& t : v.toTensorVector()) handles.push_back(give(t));
    r = bp_value{BP_TENSORS, static_cast<int32_t>(handles.size()), {0}};
    r.p = copied(handles);
  } else if (v.isIntList()) {
    auto list = v.toIntVector();
    r = bp_value{BP_INTS, static_cast<int32_t>(list.size()), {0}};
    r.p = copied(list);
  } else if (v.isDoubleList()) {
    auto list = v.toDoubleVector();
    r = bp_value{BP_DOUBLES, static_cast<int32_t>(list.size()), {0}};
    r.p = copied(list);
  } else if (!v.isNone()) {
    TORCH_CHECK(false, "a result of kind ", v.tagKind(), " cannot leave libtorch here");
  }
}

/// The stack of this thread, kept between calls and always left empty.
struct Frame {
  Frame() : stack(storage()) { stack.clear(); }
  ~Frame() { stack.clear(); }
  static torch::jit::Stack& storage() {
    static thread_local torch::jit::Stack memory;
    return memory;
  }
  torch::jit::Stack& stack;
};

std::vector<at::indexing::TensorIndex> indexing(const bp_index* indices, int32_t count) {
  using namespace at::indexing;
  std::vector<TensorIndex> result;
  result.reserve(count);
  for (const bp_index* i = indices; i < indices + count; i++) {
    switch (i->kind) {
      case 0: result.emplace_back(at::indexing::None); break;
      case 1: result.emplace_back(at::indexing::Ellipsis); break;
      case 2: result.emplace_back(i->start); break;
      case 3: result.emplace_back(i->start != 0); break;
      case 5: result.emplace_back(take(i->tensor)); break;
      default: {
        Maybe<int64_t> start, stop, step;
        if (i->given & 1) start = i->start;
        if (i->given & 2) stop = i->stop;
        if (i->given & 4) step = i->step;
        result.emplace_back(Slice(start, stop, step));
      }
    }
  }
  return result;
}

template <class Signature>
auto typed(const char* name, const char* overload) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, overload).typed<Signature>();
}

using Binary = at::Tensor(const at::Tensor&, const at::Tensor&);
using BinaryAlpha = at::Tensor(const at::Tensor&, const at::Tensor&, const c10::Scalar&);
using InPlace = at::Tensor&(at::Tensor&, const at::Tensor&);
using InPlaceAlpha = at::Tensor&(at::Tensor&, const at::Tensor&, const c10::Scalar&);

} // namespace

void* bp_op(const char* name, const char* overload) {
  return guarded<void*>(nullptr, [&]() -> void* {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "this libtorch (", TORCH_VERSION, ") has no operator ", name, *overload ? "." : "", overload);
    auto op = std::make_unique<Op>(Op{*found, {}, {}, name});
    for (const auto& argument : found->schema().arguments()) {
      op->wants.push_back(wanted(argument.type()));
      op->defaults.push_back(argument.default_value());
    }
    return op.release(); // lives as long as the process
  });
}

int32_t bp_call(void* operation, const bp_value* args, int32_t count, bp_value* results, int32_t capacity) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    const Op& op = *static_cast<const Op*>(operation);
    Frame frame;
    auto& stack = frame.stack;
    const size_t all = op.wants.size();
    TORCH_CHECK(static_cast<size_t>(count) <= all, op.name, " takes ", all, " arguments, not ", count);
    for (int32_t i = 0; i < count; i++) stack.push_back(in(args[i], op.wants[i]));
    for (size_t i = count; i < all; i++) {
      TORCH_CHECK(op.defaults[i].has_value(), op.name, ": argument ", i, " has no default in this libtorch");
      stack.push_back(*op.defaults[i]);
    }
    op.handle.callBoxed(&stack);
    const int32_t returned = static_cast<int32_t>(stack.size());
    TORCH_CHECK(returned <= capacity || capacity == 0, op.name, " gave ", returned, " results, not ", capacity);
    if (capacity == 0) return 0;
    for (int32_t i = 0; i < returned; i++) out(stack[i], results[i]);
    return returned;
  });
}

void bp_free(void* memory) { std::free(memory); }

const char* bp_error() { return last_error.c_str(); }

const char* bp_text(int32_t what) {
  static thread_local std::string text;
  return guarded<const char*>("", [&]() -> const char* {
    text = what == 0 ? TORCH_VERSION : at::show_config();
    return text.c_str();
  });
}

int64_t bp_live(int32_t most) { return (most ? peak : live).load(std::memory_order_relaxed); }

bp_tensor bp_alias(bp_tensor t) {
  return guarded<bp_tensor>(nullptr, [&] { return give(take(t).alias()); });
}

void bp_release(bp_tensor t) {
  guarded<int>(0, [&] {
    c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(static_cast<at::TensorImpl*>(t));
    live.fetch_sub(1, std::memory_order_relaxed);
    return 0;
  });
}

bp_tensor bp_from_data(const void* data, int32_t dtype, const int64_t* sizes, int32_t dims) {
  return guarded<bp_tensor>(nullptr, [&] {
    auto t = at::empty(c10::IntArrayRef(sizes, dims), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
    if (t.numel() > 0) std::memcpy(t.data_ptr(), data, t.numel() * t.element_size());
    return give(std::move(t));
  });
}

bp_tensor bp_from_blob(void* data, int32_t dtype, const int64_t* sizes, int32_t dims, void (*done)(void*), void* context) {
  return guarded<bp_tensor>(nullptr, [&] {
    return give(at::from_blob(data, c10::IntArrayRef(sizes, dims), [=](void*) { done(context); },
                              at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))));
  });
}

void* bp_data(bp_tensor t) {
  return guarded<void*>(nullptr, [&] { return Borrowed(t).tensor.data_ptr(); });
}

int64_t bp_info(bp_tensor handle, int32_t what) {
  return guarded<int64_t>(-1, [&]() -> int64_t {
    Borrowed b(handle);
    const at::Tensor& t = b.tensor;
    switch (what) {
      case 0: return t.dim();
      case 1: return t.numel();
      case 2: return static_cast<int64_t>(t.scalar_type());
      case 3: return static_cast<int64_t>(t.device().type());
      case 4: return t.device().index();
      case 5: return t.requires_grad();
      case 6: return t.is_leaf();
      case 7: return t.is_contiguous();
      case 8: return t.element_size();
      case 9: return t.storage_offset();
      case 10: return t.is_sparse();
      default: return -1;
    }
  });
}

int32_t bp_sizes(bp_tensor handle, int64_t* sizes, int64_t* strides, int32_t capacity) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    Borrowed b(handle);
    const auto dims = static_cast<int32_t>(b.tensor.dim());
    if (dims > capacity) return dims;
    if (sizes) std::copy_n(b.tensor.sizes().data(), dims, sizes);
    if (strides) std::copy_n(b.tensor.strides().data(), dims, strides);
    return dims;
  });
}

int32_t bp_item(bp_tensor t, bp_value* result, double* complex) {
  return guarded<int32_t>(-1, [&] {
    Borrowed b(t);
    const c10::Scalar s = b.tensor.item();
    *result = bp_value{BP_NONE, 0, {0}};
    if (s.isComplex()) {
      auto z = s.toComplexDouble();
      complex[0] = z.real();
      complex[1] = z.imag();
      result->kind = BP_COMPLEX;
    } else if (s.isFloatingPoint()) {
      result->kind = BP_DOUBLE;
      result->d = s.toDouble();
    } else {
      result->kind = s.isBoolean() ? BP_BOOL : BP_INT;
      result->i = s.toLong();
    }
    return 0;
  });
}

int32_t bp_set_requires_grad(bp_tensor t, int32_t on) {
  return guarded<int32_t>(-1, [&] { Borrowed b(t); b.tensor.set_requires_grad(on != 0); return 0; });
}

int32_t bp_retain_grad(bp_tensor t) {
  return guarded<int32_t>(-1, [&] { Borrowed b(t); b.tensor.retain_grad(); return 0; });
}

bp_tensor bp_get_grad(bp_tensor t) {
  return guarded<bp_tensor>(nullptr, [&] { Borrowed b(t); return give(b.tensor.grad()); });
}

int32_t bp_set_grad(bp_tensor t, bp_tensor grad) {
  return guarded<int32_t>(-1, [&] { Borrowed b(t); b.tensor.mutable_grad() = take(grad); return 0; });
}

bp_tensor bp_get_index(bp_tensor t, const bp_index* indices, int32_t count) {
  return guarded<bp_tensor>(nullptr, [&] { Borrowed b(t); return give(b.tensor.index(indexing(indices, count))); });
}

int32_t bp_put_index(bp_tensor t, const bp_index* indices, int32_t count, const bp_value* value) {
  return guarded<int32_t>(-1, [&] {
    Borrowed b(t);
    if (value->kind == BP_TENSOR) b.tensor.index_put_(indexing(indices, count), take(value->p));
    else b.tensor.index_put_(indexing(indices, count), in(*value, Want::AsIs).toScalar());
    return 0;
  });
}

bp_tensor bp_binary(int32_t op, bp_tensor a, bp_tensor b) {
  return guarded<bp_tensor>(nullptr, [&] {
    static const auto add = typed<BinaryAlpha>("aten::add", "Tensor"), sub = typed<BinaryAlpha>("aten::sub", "Tensor");
    static const auto mul = typed<Binary>("aten::mul", "Tensor"), div = typed<Binary>("aten::div", "Tensor");
    Borrowed x(a), y(b);
    switch (op) {
      case 0: return give(add.call(x.tensor, y.tensor, 1));
      case 1: return give(sub.call(x.tensor, y.tensor, 1));
      case 2: return give(mul.call(x.tensor, y.tensor));
      default: return give(div.call(x.tensor, y.tensor));
    }
  });
}

int32_t bp_binary_(int32_t op, bp_tensor a, bp_tensor b) {
  return guarded<int32_t>(-1, [&] {
    static const auto add = typed<InPlaceAlpha>("aten::add_", "Tensor"), sub = typed<InPlaceAlpha>("aten::sub_", "Tensor");
    static const auto mul = typed<InPlace>("aten::mul_", "Tensor"), div = typed<InPlace>("aten::div_", "Tensor");
    Borrowed x(a), y(b);
    switch (op) {
      case 0: add.call(x.tensor, y.tensor, 1); break;
      case 1: sub.call(x.tensor, y.tensor, 1); break;
      case 2: mul.call(x.tensor, y.tensor); break;
      default: div.call(x.tensor, y.tensor); break;
    }
    return 0;
  });
}

int32_t bp_backward(const bp_tensor* outputs, int32_t count, const bp_tensor* grads, int32_t grad_count,
                    int32_t retain, int32_t create, const bp_tensor* inputs, int32_t input_count) {
  return guarded<int32_t>(-1, [&] {
    torch::autograd::backward(take_all(outputs, count), take_all(grads, grad_count), retain != 0, create != 0,
                              take_all(inputs, input_count));
    return 0;
  });
}

int32_t bp_grad(const bp_tensor* outputs, int32_t count, const bp_tensor* inputs, int32_t input_count,
                const bp_tensor* grads, int32_t grad_count, int32_t retain, int32_t create, int32_t unused,
                bp_tensor* results) {
  return guarded<int32_t>(-1, [&] {
    auto found = torch::autograd::grad(take_all(outputs, count), take_all(inputs, input_count), take_all(grads, grad_count),
                                       retain != 0, create != 0, unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = give(std::move(found[i]));
    return static_cast<int32_t>(found.size());
  });
}

int64_t bp_get(int32_t what) {
  return guarded<int64_t>(-1, [&]() -> int64_t {
    switch (what) {
      case 0: return c10::GradMode::is_enabled();
      case 2: return at::get_num_threads();
      case 3: return at::get_num_interop_threads();
      case 4: return torch::cuda::is_available();
      case 5: return static_cast<int64_t>(torch::cuda::device_count());
      case 6: return torch::cuda::cudnn_is_available();
      default: TORCH_CHECK(false, "no such setting: ", what);
    }
  });
}

int32_t bp_set(int32_t what, int64_t value) {
  return guarded<int32_t>(-1, [&] {
    switch (what) {
      case 0: c10::GradMode::set_enabled(value != 0); break;
      case 2: at::set_num_threads(static_cast<int>(value)); break;
      case 3: at::set_num_interop_threads(static_cast<int>(value)); break;
      case 10: at::manual_seed(static_cast<uint64_t>(value)); break;
      case 11: torch::cuda::manual_seed_all(static_cast<uint64_t>(value)); break;
      case 12: torch::cuda::synchronize(value); break;
      default: TORCH_CHECK(false, "no such setting: ", what);
    }
    return 0;
  });
}

void* bp_generator(int32_t standard, int64_t seed) {
  return guarded<void*>(nullptr, [&]() -> void* {
    at::Generator g = standard ? at::globalContext().defaultGenerator(c10::Device(c10::DeviceType::CPU))
                               : at::make_generator<at::CPUGeneratorImpl>(static_cast<uint64_t>(seed));
    return g.unsafeReleaseGeneratorImpl();
  });
}

int64_t bp_generator_seed(void* generator, int32_t what, int64_t seed) {
  return guarded<int64_t>(-1, [&]() -> int64_t {
    auto g = take_generator(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    if (what == 0) return static_cast<int64_t>(g.seed());
    if (what == 2) g.set_current_seed(static_cast<uint64_t>(seed));
    return static_cast<int64_t>(g.current_seed());
  });
}

bp_tensor bp_generator_state(void* generator, bp_tensor state) {
  return guarded<bp_tensor>(nullptr, [&]() -> bp_tensor {
    auto g = take_generator(generator);
    std::lock_guard<std::mutex> lock(g.mutex());
    if (!state) return give(g.get_state());
    g.set_state(take(state));
    return state;
  });
}

void bp_generator_release(void* generator) {
  c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(generator));
}
