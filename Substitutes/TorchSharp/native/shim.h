// The door between TorchSharp's names (C#) and libtorch. Plain C: every function catches every C++ exception.
// A result of -1 (or a null pointer) means "see bp_error()": libtorch's own message, of this thread, without a backtrace.
#pragma once
#include <stdint.h>

#define BP_API extern "C" __attribute__((visibility("default")))

/// What an argument or a result holds. The numbers are shared with Native.cs.
enum bp_kind : int32_t {
  BP_NONE = 0,
  BP_TENSOR = 1,      // p: handle, 0 for an undefined tensor
  BP_INT = 2,         // i; also dtype, layout, memory format
  BP_DOUBLE = 3,      // d
  BP_BOOL = 4,        // i
  BP_INTS = 5,        // p: int64_t[count]
  BP_DOUBLES = 6,     // p: double[count]
  BP_BOOLS = 7,       // p: uint8_t[count]
  BP_TENSORS = 8,     // p: handle[count]
  BP_OPT_TENSORS = 9, // p: handle[count], 0 for none (the indices of aten::index)
  BP_DEVICE = 10,     // count: type, i: index
  BP_STRING = 11,     // p: UTF-8, count bytes
  BP_GENERATOR = 12,  // p: generator handle
  BP_COMPLEX = 13,    // p: double[2]
};

/// One argument or one result: 16 bytes. A list among the results is freed with bp_free.
struct bp_value {
  int32_t kind;
  int32_t count;
  union { int64_t i; double d; void* p; };
};

typedef void* bp_tensor;

// The general door: any operator, by name ("aten::add") and overload ("Tensor").
BP_API void* bp_op(const char* name, const char* overload);
BP_API int32_t bp_call(void* op, const bp_value* args, int32_t count, bp_value* results, int32_t capacity);
BP_API void bp_free(void* memory);

// Errors and what is loaded.
BP_API const char* bp_error();
BP_API const char* bp_text(int32_t what); // 0 version built against, 1 at::show_config()
BP_API int64_t bp_live(int32_t peak);     // handles alive in the whole process, now or at most

// Tensors.
BP_API bp_tensor bp_alias(bp_tensor t);
BP_API void bp_release(bp_tensor t);
BP_API bp_tensor bp_from_data(const void* data, int32_t dtype, const int64_t* sizes, int32_t dims);
BP_API bp_tensor bp_from_blob(void* data, int32_t dtype, const int64_t* sizes, int32_t dims, void (*done)(void*), void* context);
BP_API void* bp_data(bp_tensor t);
BP_API int64_t bp_info(bp_tensor t, int32_t what);
BP_API int32_t bp_sizes(bp_tensor t, int64_t* sizes, int64_t* strides, int32_t capacity);
BP_API int32_t bp_item(bp_tensor t, bp_value* result, double* complex);
BP_API int32_t bp_set_requires_grad(bp_tensor t, int32_t on);
BP_API int32_t bp_retain_grad(bp_tensor t);
BP_API bp_tensor bp_get_grad(bp_tensor t); // null for none
BP_API int32_t bp_set_grad(bp_tensor t, bp_tensor grad);

/// One entry of t[...]: kind 0 None, 1 `...`, 2 one index (start), 3 Boolean (start), 4 slice, 5 tensor.
struct bp_index {
  int32_t kind;
  int32_t given; // of a slice, bits: 1 start, 2 stop, 4 step
  int64_t start, stop, step;
  bp_tensor tensor;
};
BP_API bp_tensor bp_get_index(bp_tensor t, const bp_index* indices, int32_t count);
BP_API int32_t bp_put_index(bp_tensor t, const bp_index* indices, int32_t count, const bp_value* value);

// Typed shortcuts for the operators that a training step calls most: binary 0 add, 1 sub, 2 mul, 3 div.
BP_API bp_tensor bp_binary(int32_t op, bp_tensor a, bp_tensor b);
BP_API int32_t bp_binary_(int32_t op, bp_tensor a, bp_tensor b);

// Autograd.
BP_API int32_t bp_backward(const bp_tensor* outputs, int32_t count, const bp_tensor* grads, int32_t grad_count,
                           int32_t retain, int32_t create, const bp_tensor* inputs, int32_t input_count);
BP_API int32_t bp_grad(const bp_tensor* outputs, int32_t count, const bp_tensor* inputs, int32_t input_count,
                       const bp_tensor* grads, int32_t grad_count, int32_t retain, int32_t create, int32_t unused,
                       bp_tensor* results);

// Settings. what: 0 grad mode, 2 threads, 3 inter-op threads, 4 CUDA available, 5 CUDA devices, 6 cuDNN available; bp_set with 10 seeds every device, 11 seeds CUDA, 12 waits for CUDA device `value`.
BP_API int64_t bp_get(int32_t what);
BP_API int32_t bp_set(int32_t what, int64_t value);

// Random number generators of the CPU. what: 0 seed anew (returns it), 1 initial seed, 2 set seed.
BP_API void* bp_generator(int32_t standard, int64_t seed);
BP_API int64_t bp_generator_seed(void* generator, int32_t what, int64_t seed);
BP_API bp_tensor bp_generator_state(void* generator, bp_tensor state);
BP_API void bp_generator_release(void* generator);
