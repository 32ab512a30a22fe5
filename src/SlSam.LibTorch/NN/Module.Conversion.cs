using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves and converts the parameters and buffers, which become new objects.</summary>
            /// <param name="device">The target device.</param>
            /// <param name="dtype">The target element type, floating-point or complex.</param>
            /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckElementType(dtype);
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves the parameters and buffers, which become new objects if they are elsewhere.</summary>
            /// <param name="deviceType">The type of the target device.</param>
            /// <param name="deviceIndex">The index of the target device, or -1.</param>
            /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(null, new Device(deviceType, deviceType == DeviceType.CPU ? -1 : deviceIndex), non_blocking);
                return this;
            }

            /// <summary>Converts the floating-point parameters and buffers, which become new objects if they are of another type.</summary>
            /// <param name="dtype">The target element type, floating-point or complex.</param>
            /// <param name="non_blocking">Whether copies may be asynchronous.</param>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckElementType(dtype);
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            /// <summary>Moves and converts the parameters and buffers to the device and element type of a tensor.</summary>
            /// <param name="other">The tensor.</param>
            /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            /// <summary>Moves and converts what this module and its submodules hold, and puts the new objects in its fields.</summary>
            /// <param name="dtype">The target element type, or null to keep it.</param>
            /// <param name="device">The target device, or null to keep it.</param>
            /// <param name="non_blocking">Whether copies from pinned memory may be asynchronous.</param>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (_, child) in named_children()) child.Convert(dtype, device, non_blocking);

                foreach (var (name, buffer) in OwnBuffers())
                    if (ReplaceBuffer(dtype, device, buffer, out var replacement)) SetComponent(name, replacement!);

                foreach (var (name, parameter) in OwnParameters())
                    if (ReplaceParameter(dtype, device, parameter, out var replacement)) SetComponent(name, replacement!);

                if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);
            }

            /// <summary>A parameter moved and converted, with its gradient; false if it already is as wanted.</summary>
            /// <param name="dtype">The target element type, or null to keep it.</param>
            /// <param name="device">The target device, or null to keep it.</param>
            /// <param name="param">The parameter, which stays as it is.</param>
            /// <param name="p">The new parameter.</param>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                using var gradient = param.grad;
                p = null;

                var target = TargetType(dtype, param);
                if (IsAt(param, target, device) && (gradient is null || IsAt(gradient, target, device))) return false;

                using var noGrad = no_grad();
                p = new Parameter(param.to(target, device ?? param.device, copy: true), param.requires_grad);
                p.DetachFromDisposeScope();
                if (gradient is null) return true;

                using var moved = gradient.to(target, device ?? param.device);
                p.grad = moved;
                return true;
            }

            /// <summary>A buffer moved and converted; false if it already is as wanted. The old one is disposed.</summary>
            /// <param name="dtype">The target element type, or null to keep it.</param>
            /// <param name="device">The target device, or null to keep it.</param>
            /// <param name="buffer">The buffer.</param>
            /// <param name="result">The new tensor.</param>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                var target = TargetType(dtype, buffer);
                if (IsAt(buffer, target, device)) return false;

                result = buffer.to(target, device ?? buffer.device, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            internal void Convert(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is null) _to(dtype!.Value, non_blocking);
                else if (dtype is null) _to(device.type, device.index, non_blocking);
                else _to(device, dtype.Value, non_blocking);
            }

            private List<(string, Tensor)> OwnBuffers() =>
                _internal_buffers.keys().Select(name => (name, _internal_buffers[name].Item1)).ToList();

            private List<(string, Parameter)> OwnParameters() =>
                _internal_params.keys().Select(name => (name, _internal_params[name])).ToList();

            private static ScalarType TargetType(ScalarType? dtype, Tensor tensor) =>
                dtype is not null && (tensor.is_floating_point() || tensor.is_complex()) ? dtype.Value : tensor.dtype;

            private static bool IsAt(Tensor tensor, ScalarType dtype, Device? device) =>
                tensor.dtype == dtype &&
                (device is null || (tensor.device_type == device.type &&
                    (device.index < 0 || tensor.device_index < 0 || tensor.device_index == device.index)));

            private static void CheckElementType(ScalarType dtype)
            {
                if (dtype is not (ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64
                    or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64))
                    throw new ArgumentException(
                        $"A module converts to floating-point or complex types only, but dtype is {dtype}.", nameof(dtype));
            }

            // Registers what replaces a parameter or buffer, and puts it in the property or field where the old one was.
            private protected virtual void SetComponent(string name, Tensor replacement)
            {
                if (TrySetProperty(name, replacement)) return;

                if (replacement is Parameter parameter)
                {
                    _internal_params[name].Dispose();
                    _internal_params[name] = parameter;
                }
                else
                {
                    _internal_buffers[name] = (replacement, _internal_buffers[name].Item2);
                }

                var ofProperty = $"<{name}>k__BackingField";
                foreach (var field in ComponentFields(GetType()))
                    if ((field.ComponentName() == name || field.Name == ofProperty) && field.FieldType.IsInstanceOfType(replacement))
                        field.SetValue(this, replacement);
            }

            [UnconditionalSuppressMessage("Trimming", "IL2075",
                Justification = "The annotation on Module keeps the properties of every class derived from it.")]
            private bool TrySetProperty(string name, Tensor value)
            {
                foreach (var property in GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    if (property.Name != name || !property.CanWrite || !property.PropertyType.IsInstanceOfType(value)) continue;
                    property.SetValue(this, value);
                    return true;
                }

                return false;
            }
        }
    }
}
