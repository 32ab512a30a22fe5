using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
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
                var arguments = new Argument[objs.Length];
                for (var i = 0; i < objs.Length; i++) arguments[i] = ScriptValues.ToArgument(objs[i]);
                return Call(name, arguments);
            }

            public TResult invoke<TResult>(string name, params object?[] inputs) => (TResult)invoke(name, inputs)!;

            [SkipLocalsInit]
            private object? Call(string name, Argument[] arguments)
            {
                var function = Find(name);
                NativeValue* results = null;
                long count = 0;
                var needed = 0;
                foreach (ref readonly var argument in arguments.AsSpan()) needed += argument.ScratchSize;
                var memory = (byte*)NativeMemory.Alloc((nuint)(needed + arguments.Length * sizeof(NativeValue) + 1));
                try
                {
                    var values = (NativeValue*)memory;
                    var scratch = memory + arguments.Length * sizeof(NativeValue);
                    for (var i = 0; i < arguments.Length; i++) arguments[i].Write(values + i, ref scratch);
                    Native.Check(Native.slsam_script_call(function, values, arguments.Length, &results, &count));
                }
                finally
                {
                    NativeMemory.Free(memory);
                }
                GC.KeepAlive(arguments);
                GC.KeepAlive(this);
                var position = 0;
                return ScriptValues.Read(new ReadOnlySpan<NativeValue>(results, (int)count), ref position);
            }

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
