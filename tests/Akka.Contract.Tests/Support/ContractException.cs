namespace Akka.Contract.Tests.Support;

/// <summary>The failure that specs make.</summary>
public sealed class ContractException(string message) : Exception(message);
