using System.Collections;
using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>A list of parameters, named "0", "1" and so on.</summary>
    public class ParameterList : torch.nn.Module, IList<Parameter>
    {
        private readonly List<Parameter> _list = new();
        private bool _registered;

        /// <summary>Makes a list of parameters.</summary>
        /// <param name="parameters">The parameters, in order.</param>
        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => _list.AddRange(parameters ?? []);

        /// <summary>The parameter at a position.</summary>
        /// <param name="index">The position, from 0.</param>
        public Parameter this[int index]
        {
            get => _list[index];
            set => _list[index] = value;
        }

        /// <summary>How many parameters there are.</summary>
        public int Count => _list.Count;

        /// <summary>False: parameters can be added.</summary>
        public bool IsReadOnly => false;

        /// <summary>Adds a parameter.</summary>
        /// <param name="item">The parameter.</param>
        public void Add(Parameter item) => _list.Add(item);

        /// <summary>Adds parameters.</summary>
        /// <param name="parameters">The parameters.</param>
        public void append(params Parameter[] parameters) => _list.AddRange(parameters ?? []);

        /// <summary>Adds parameters.</summary>
        /// <param name="parameters">The parameters.</param>
        public void extend(IEnumerable<Parameter> parameters) => _list.AddRange(parameters);

        /// <summary>Removes all parameters.</summary>
        public void Clear() => _list.Clear();

        /// <summary>Whether a parameter is in the list.</summary>
        /// <param name="item">The parameter.</param>
        public bool Contains(Parameter item) => IndexOf(item) >= 0;

        /// <summary>Copies the parameters.</summary>
        /// <param name="array">Where to.</param>
        /// <param name="arrayIndex">The position of the first in the array.</param>
        public void CopyTo(Parameter[] array, int arrayIndex) => _list.CopyTo(array, arrayIndex);

        /// <summary>Enumerates the parameters.</summary>
        public IEnumerator<Parameter> GetEnumerator() => _list.GetEnumerator();

        /// <summary>The position of a parameter, or -1.</summary>
        /// <param name="item">The parameter.</param>
        public int IndexOf(Parameter item) => _list.FindIndex(candidate => ReferenceEquals(candidate, item));

        /// <summary>Inserts a parameter.</summary>
        /// <param name="index">Its position.</param>
        /// <param name="item">The parameter.</param>
        public void Insert(int index, Parameter item) => _list.Insert(index, item);

        /// <summary>Removes a parameter.</summary>
        /// <param name="item">The parameter.</param>
        /// <returns>Whether it was there.</returns>
        public bool Remove(Parameter item)
        {
            var index = IndexOf(item);
            if (index >= 0) _list.RemoveAt(index);
            return index >= 0;
        }

        /// <summary>Removes the parameter at a position.</summary>
        /// <param name="index">The position.</param>
        public void RemoveAt(int index) => _list.RemoveAt(index);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <inheritdoc/>
        public override IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
            _list.Select((parameter, i) => ($"{i}", parameter));

        /// <inheritdoc/>
        public override bool has_parameter(string target) => get_parameter(target) is not null;

        /// <inheritdoc/>
        public override Parameter? get_parameter(string target) =>
            int.TryParse(target, out var index) && index >= 0 && index < _list.Count ? _list[index] : null;

        /// <summary>Registers the parameters under their positions.</summary>
        protected override void RegisterComponents()
        {
            if (_registered) return;
            for (var i = 0; i < _list.Count; i++) register_parameter($"{i}", _list[i]);
            _registered = true;
        }

        /// <inheritdoc/>
        protected override void _toEpilog(torch.ScalarType? dtype, torch.Device? device, bool non_blocking)
        {
            for (var i = 0; i < _list.Count; i++)
            {
                if (!ReplaceParameter(dtype, device, _list[i], out var replacement)) continue;
                _list[i].Dispose();
                _list[i] = replacement!;
                if (_registered) ConditionallyRegisterParameter($"{i}", replacement);
            }

            if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Makes a list of parameters.</summary>
            /// <param name="parameters">The parameters, in order.</param>
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
