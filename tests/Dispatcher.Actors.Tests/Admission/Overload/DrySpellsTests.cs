using Dispatcher.Actors.Admission.Overload;
using Dispatcher.Actors.Tests.Admission.Limits;

namespace Dispatcher.Actors.Tests.Admission.Overload;

public sealed class DrySpellsTests
{
    [Fact]
    public void Take_TwoSpells_IsTheirTimeAndThatOfTheOneWithoutWhatWasKeptOut()
    {
        DrySpells spells = new();
        spells.OnEmpty(10, lacks: true);
        spells.OnTaken(15);
        spells.OnTaken(17);
        spells.OnEmpty(20, lacks: false);
        spells.OnTaken(22);
        Assert.Equal(7, spells.Take(30, out long lacked));
        Assert.Equal(5, lacked);
        Assert.Equal(0, spells.Take(40, out lacked));
        Assert.Equal(0, lacked);
    }

    [Fact]
    public void Take_InASpell_CountsItUpToNowAndTheRestNextTime()
    {
        DrySpells spells = new();
        spells.OnEmpty(10, lacks: true);
        Assert.Equal(20, spells.Take(30, out _));
        Assert.True(spells.IsDry);
        spells.OnTaken(35);
        Assert.Equal(5, spells.Take(40, out long lacked));
        Assert.Equal(5, lacked);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task OnTaken_ManyThreads_CountsNoMomentTwice(int seed)
    {
        DrySpells spells = new();
        long now = 0, sum = 0;
        await Crowd.Run(5, seed, (thread, _) =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                long at = Interlocked.Increment(ref now);
                if (thread == 0)
                    sum += spells.Take(at, out long _);
                else if (thread == 1)
                    spells.OnEmpty(at, lacks: true);
                else
                    spells.OnTaken(at);
            }
        });
        Assert.InRange(sum + spells.Take(now, out _), 0, now);
    }
}
