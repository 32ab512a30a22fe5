namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose <c>call</c> runs hooks before and after its function.</summary>
        /// <typeparam name="TPreHook">Type of a hook that sees the inputs.</typeparam>
        /// <typeparam name="TPostHook">Type of a hook that sees the inputs and the result.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            /// <summary>Hooks that see the inputs.</summary>
            protected Dictionary<string, TPreHook> pre_hooks = new();

            /// <summary>Hooks that see the inputs and the result.</summary>
            protected Dictionary<string, TPostHook> post_hooks = new();

            /// <summary>Hooks before the function that see the module only.</summary>
            protected Dictionary<string, Action<Module>> module_pre_hooks = new();

            /// <summary>Hooks after the function that see the module only.</summary>
            protected Dictionary<string, Action<Module>> module_post_hooks = new();

            private long _lastHook;

            /// <summary>Makes a module without components.</summary>
            /// <param name="name">The module's name.</param>
            protected HookableModule(string name) : base(name) { }

            private protected bool HasPreHooks => pre_hooks.Count > 0 || module_pre_hooks.Count > 0;

            private protected bool HasPostHooks => post_hooks.Count > 0 || module_post_hooks.Count > 0;

            /// <summary>Adds a hook that runs after the function; what it returns, if not null, replaces the result.</summary>
            /// <param name="hook">The hook.</param>
            /// <returns>What removes the hook.</returns>
            public HookRemover register_forward_hook(TPostHook hook) => Add(post_hooks, hook);

            /// <summary>Adds a hook that runs before the function; what it returns, if not null, replaces the inputs.</summary>
            /// <param name="hook">The hook.</param>
            /// <returns>What removes the hook.</returns>
            public HookRemover register_forward_pre_hook(TPreHook hook) => Add(pre_hooks, hook);

            /// <summary>Adds a hook that runs after the function.</summary>
            /// <param name="hook">The hook.</param>
            /// <returns>What removes the hook.</returns>
            public HookRemover register_forward_hook(Action<Module> hook) => Add(module_post_hooks, hook);

            /// <summary>Adds a hook that runs before the function.</summary>
            /// <param name="hook">The hook.</param>
            /// <returns>What removes the hook.</returns>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => Add(module_pre_hooks, hook);

            private HookRemover Add<THook>(Dictionary<string, THook> hooks, THook hook)
            {
                var key = (++_lastHook).ToString(System.Globalization.CultureInfo.InvariantCulture);
                hooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            /// <summary>Removes a hook.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                /// <summary>Makes what removes one hook of a module.</summary>
                /// <param name="module">The module.</param>
                /// <param name="key">The hook's key.</param>
                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key) => (_module, _key) = (module, key);

                /// <summary>Removes the hook; a second call does nothing.</summary>
                public void remove()
                {
                    _module.pre_hooks.Remove(_key);
                    _module.post_hooks.Remove(_key);
                    _module.module_pre_hooks.Remove(_key);
                    _module.module_post_hooks.Remove(_key);
                }
            }
        }
    }
}
