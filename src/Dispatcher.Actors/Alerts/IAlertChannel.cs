namespace Dispatcher.Actors.Alerts;

/// <summary>A way for alerts to reach a person. Called from any thread, the data plane's too: never blocks, never throws.</summary>
internal interface IAlertChannel
{
    /// <summary>Its name, for counts.</summary>
    string Name { get; }

    /// <summary>Takes an alert, if it is of a level that goes this way.</summary>
    /// <param name="alert">The alert.</param>
    void Send(Alert alert);
}
