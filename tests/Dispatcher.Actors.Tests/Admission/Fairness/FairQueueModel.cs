namespace Dispatcher.Actors.Tests.Admission.Fairness;

/// <summary>
/// Shares as a textbook has them: a round of turns, each its tenant's weight of tasks. A tenant that joins with credit is served one task at a time
/// ahead of the round until the credit is spent; every round without a task in it brings its weight of credit. Every 32nd look begins with the round.
/// </summary>
internal sealed class FairQueueModel(IReadOnlyDictionary<string, int> weights, int maxPerTenant, int burst)
{
    private readonly Dictionary<string, Tenant> _tenants = [];
    private readonly Queue<Tenant> _ahead = [];
    private readonly Queue<Tenant> _turns = [];
    private Tenant? _atTurn;
    private int _round;
    private int _looks;

    public bool Enqueue(string name, string item)
    {
        if (!_tenants.TryGetValue(name, out Tenant? tenant))
            _tenants.Add(name, tenant = new Tenant(weights.GetValueOrDefault(name, 1)) { Credit = burst });
        if (tenant.Line.Count >= maxPerTenant)
            return false;
        tenant.Line.Enqueue(item);
        if (tenant.Line.Count == 1)
        {
            tenant.Credit = Math.Min(burst, tenant.Credit + ((_round - tenant.CountedTo) * tenant.Weight));
            tenant.CountedTo = _round;
            Place(tenant);
        }

        return true;
    }

    public string? Dequeue()
    {
        Tenant? tenant = _atTurn;
        if (tenant == null)
        {
            bool roundFirst = ++_looks % 32 == 0;
            bool isAhead = !(roundFirst && _turns.Count > 0) && _ahead.TryDequeue(out tenant);
            if (!isAhead && !_turns.TryDequeue(out tenant))
                return null;
            if (isAhead)
            {
                tenant!.Credit--;
                string ahead = tenant.Line.Dequeue();
                if (tenant.Line.Count > 0)
                    Place(tenant);
                return ahead;
            }

            _round = Math.Max(_round, tenant!.Round);
        }

        string item = tenant.Line.Dequeue();
        tenant.Served++;
        tenant.CountedTo = _round;
        _atTurn = tenant.Line.Count > 0 && tenant.Served < tenant.Weight ? tenant : null;
        if (_atTurn == null && tenant.Line.Count > 0)
            Place(tenant, ahead: false);
        return item;
    }

    private void Place(Tenant tenant, bool ahead = true)
    {
        if (ahead && tenant.Credit > 0)
        {
            _ahead.Enqueue(tenant);
            return;
        }

        tenant.Served = 0;
        tenant.Round = _round + 1;
        _turns.Enqueue(tenant);
    }

    private sealed class Tenant(int weight)
    {
        public Queue<string> Line { get; } = [];

        public int Weight { get; } = weight;

        public int Credit { get; set; }

        public int CountedTo { get; set; }

        public int Round { get; set; }

        public int Served { get; set; }
    }
}
