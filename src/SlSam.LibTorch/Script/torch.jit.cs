namespace TorchSharp;

public static partial class torch
{
    /// <summary>TorchScript.</summary>
    public static partial class jit
    {
        /// <summary>Compiles functions written in TorchScript.</summary>
        /// <exception cref="ArgumentNullException"><paramref name="script"/> is null or empty.</exception>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">The compiler's message, with the place of the error.</exception>
        public static unsafe CompilationUnit compile(string script)
        {
            if (string.IsNullOrEmpty(script)) throw new ArgumentNullException(nameof(script), "The script is empty.");
            void* unit;
            Native.Check(Native.slsam_script_compile(script, &unit));
            return new CompilationUnit((nint)unit);
        }
    }
}
