using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    public static partial class jit
    {
        /// <summary>Functions compiled from TorchScript.</summary>
        public unsafe class CompilationUnit : IDisposable
        {
            private readonly ConcurrentDictionary<string, nint> _functions = new();
            private nint _handle;

            internal CompilationUnit(nint handle) => _handle = handle;

            ~CompilationUnit() => Dispose(false);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                var handle = Interlocked.Exchange(ref _handle, 0);
                if (handle != 0) Native.slsam_script_free((void*)handle);
            }

            /// <summary>
            /// Calls a function with tensors, scalars, numbers, truth values, arrays of tensors and nulls.
            /// </summary>
            /// <returns>
            /// A Tensor, Scalar, Tensor[], Scalar[] or null; a tuple of up to five of these as a ValueTuple, a longer one as an array;
            /// a mixed list as object[].
            /// </returns>
            public object? invoke(string name, params object?[] objs)
            {
                if (string.IsNullOrEmpty(name)) throw new ArgumentNullException(nameof(name), "The name of the function is missing.");
                var needed = objs.Length * sizeof(NativeValue);
                foreach (var value in objs) needed += ScriptValues.ToArgument(value).ScratchSize;
                var function = Find(name);
                NativeValue* results = null;
                long count = 0;
                var memory = (byte*)NativeMemory.Alloc((nuint)needed);
                try
                {
                    var values = (NativeValue*)memory;
                    var scratch = memory + objs.Length * sizeof(NativeValue);
                    for (var i = 0; i < objs.Length; i++) ScriptValues.ToArgument(objs[i]).Write(values + i, ref scratch);
                    Native.Check(Native.slsam_script_call(function, values, objs.Length, &results, &count));
                }
                finally
                {
                    NativeMemory.Free(memory);
                }
                GC.KeepAlive(objs);
                GC.KeepAlive(this);
                var position = 0;
                return ScriptValues.Read(new ReadOnlySpan<NativeValue>(results, (int)count), ref position);
            }

            public TResult invoke<TResult>(string name, params object?[] inputs) => (TResult)invoke(name, inputs)!;

            private void* Find(string name)
            {
                if (_handle == 0) throw new ObjectDisposedException(nameof(CompilationUnit));
                if (_functions.TryGetValue(name, out var known)) return (void*)known;
                void* function;
                Native.Check(Native.slsam_script_find((void*)_handle, name, &function));
                _functions[name] = (nint)function;
                return function;
            }
        }
    }
}
