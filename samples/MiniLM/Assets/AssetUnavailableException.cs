namespace MiniLM.Assets;

/// <summary>A file is neither in the cache nor to be had; the message says which, from where, and what went wrong.</summary>
public sealed class AssetUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
