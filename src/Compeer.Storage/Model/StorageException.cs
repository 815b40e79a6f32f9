namespace Compeer.Storage.Model;

/// <summary>A database cannot be used.</summary>
/// <param name="fault">What kind of trouble it is.</param>
/// <param name="message">What was tried, why it failed and what can be done, for people.</param>
public sealed class StorageException(StorageFault fault, string message) : Exception(message)
{
    /// <summary>What kind of trouble it is.</summary>
    public StorageFault Fault { get; } = fault;
}
