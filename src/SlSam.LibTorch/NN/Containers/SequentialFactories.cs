using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Makes an empty sequence of modules.</summary>
        public static Sequential Sequential() => new();

        /// <summary>Makes a sequence of named modules.</summary>
        /// <param name="modules">The names and modules, in order.</param>
        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
            Sequential((IEnumerable<(string, Module<Tensor, Tensor>)>)modules);

        /// <summary>Makes a sequence of modules, named by their positions.</summary>
        /// <param name="modules">The modules, in order.</param>
        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
            Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

        /// <summary>Makes a sequence of named modules.</summary>
        /// <param name="modules">The names and modules, in order.</param>
        public static Sequential Sequential(params Tuple<string, Module<Tensor, Tensor>>[] modules) =>
            Sequential((IEnumerable<Tuple<string, Module<Tensor, Tensor>>>)modules);

        /// <summary>Makes a sequence of named modules.</summary>
        /// <param name="modules">The names and modules, in order.</param>
        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
        {
            var sequence = new Sequential();
            foreach (var (name, module) in modules) sequence.append(name, module);
            return sequence;
        }

        /// <summary>Makes a sequence of named modules.</summary>
        /// <param name="modules">The names and modules, in order.</param>
        public static Sequential Sequential(IEnumerable<Tuple<string, Module<Tensor, Tensor>>> modules) =>
            Sequential(modules.Select(named => (named.Item1, named.Item2)));

        /// <summary>Makes a sequence of modules, named by their positions.</summary>
        /// <param name="modules">The modules, in order.</param>
        public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
        {
            var sequence = new Sequential();
            foreach (var module in modules) sequence.append(module);
            return sequence;
        }
    }
}
