namespace Dispatcher.Actors.Diagnosis;

/// <summary>Names handlers that do not come back from tasks that were abandoned: they went on past their grace.</summary>
internal static class StuckHandlers
{
    /// <summary>One look.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="symptoms">Where what it finds goes: one for each type of task.</param>
    public static void Look(IWatchedPool pool, ICollection<Symptom> symptoms)
    {
        if (pool.AnyStuck)
            LookAll(pool, symptoms);
    }

    private static void LookAll(IWatchedPool pool, ICollection<Symptom> symptoms)
    {
        Dictionary<string, (int Count, RunningTask One)> types = [];
        pool.ForEachStuck(task => types[task.TaskType] =
            types.TryGetValue(task.TaskType, out (int Count, RunningTask One) seen) ? (seen.Count + 1, seen.One) : (1, task));
        foreach ((string type, (int count, RunningTask one)) in types)
        {
            symptoms.Add(new Symptom(
                FindingKind.HandlerStuck, pool.Label, type, TimeSpan.Zero, $"{count} handler(s) went on past their grace, one with {new TaskId(one.Id)} in worker {one.Worker}"));
        }
    }
}
