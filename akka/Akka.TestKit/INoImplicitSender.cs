namespace Akka.TestKit;

/// <summary>Marks a test class whose test actor is not the sender of what the test tells without a sender.</summary>
public interface INoImplicitSender;
