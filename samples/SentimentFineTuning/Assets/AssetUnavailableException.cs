namespace SentimentFineTuning.Assets;

/// <summary>A file is neither in the cache nor to be had; the message says which, from where, and what went wrong.</summary>
internal sealed class AssetUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
