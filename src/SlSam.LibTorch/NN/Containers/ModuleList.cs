using System.Collections;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>
    /// A list of modules. They are registered as "0", "1" and so on when the list itself is registered; until then,
    /// the list has no parameters, and modules added later are not registered.
    /// </summary>
    /// <typeparam name="T">Type of the modules.</typeparam>
    public class ModuleList<T> : torch.nn.Module, IList<T> where T : torch.nn.Module
    {
        private readonly List<T> _list = new();
        private bool _registered;

        /// <summary>Makes a list of modules.</summary>
        /// <param name="modules">The modules, in order.</param>
        public ModuleList(params T[] modules) : base(nameof(ModuleList<T>)) => _list.AddRange(modules ?? []);

        /// <summary>The module at a position.</summary>
        /// <param name="index">The position, from 0.</param>
        public T this[int index]
        {
            get => _list[index];
            set => _list[index] = value;
        }

        /// <summary>How many modules there are.</summary>
        public int Count => _list.Count;

        /// <summary>False: modules can be added.</summary>
        public bool IsReadOnly => false;

        /// <summary>Adds a module.</summary>
        /// <param name="item">The module.</param>
        public void Add(T item) => _list.Add(item);

        /// <summary>Adds modules.</summary>
        /// <param name="parameters">The modules.</param>
        public void append(params T[] parameters) => _list.AddRange(parameters ?? []);

        /// <summary>Adds modules.</summary>
        /// <param name="modules">The modules.</param>
        public void extend(IEnumerable<T> modules) => _list.AddRange(modules);

        /// <summary>Removes all modules.</summary>
        public void Clear() => _list.Clear();

        /// <summary>Whether a module is in the list.</summary>
        /// <param name="item">The module.</param>
        public bool Contains(T item) => IndexOf(item) >= 0;

        /// <summary>Copies the modules.</summary>
        /// <param name="array">Where to.</param>
        /// <param name="arrayIndex">The position of the first in the array.</param>
        public void CopyTo(T[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        /// <summary>Enumerates the modules.</summary>
        public IEnumerator<T> GetEnumerator() => _list.GetEnumerator();

        /// <summary>The position of a module, or -1.</summary>
        /// <param name="item">The module.</param>
        public int IndexOf(T item) => _list.FindIndex(candidate => ReferenceEquals(candidate, item));

        /// <summary>Inserts a module.</summary>
        /// <param name="index">Its position.</param>
        /// <param name="item">The module.</param>
        public void Insert(int index, T item) => _list.Insert(index, item);

        /// <summary>Removes a module.</summary>
        /// <param name="item">The module.</param>
        /// <returns>Whether it was there.</returns>
        public bool Remove(T item)
        {
            var index = IndexOf(item);
            if (index >= 0) _list.RemoveAt(index);
            return index >= 0;
        }

        /// <summary>Removes the module at a position.</summary>
        /// <param name="index">The position.</param>
        public void RemoveAt(int index) => _list.RemoveAt(index);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Registers the modules under their positions.</summary>
        protected override void RegisterComponents()
        {
            if (_registered) return;
            for (var i = 0; i < _list.Count; i++) register_module($"{i}", _list[i]);
            _registered = true;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a list of modules.</summary>
            /// <param name="modules">The modules, in order.</param>
            public static ModuleList<Module> ModuleList(params Module[] modules) => new(modules);

            /// <summary>Makes a list of modules.</summary>
            /// <param name="modules">The modules, in order.</param>
            /// <typeparam name="T">Type of the modules.</typeparam>
            public static ModuleList<T> ModuleList<T>(params T[] modules) where T : Module => new(modules);
        }
    }
}
