namespace Compeer.Livestatus.Stats;

/// <summary>What is kept of a series of numbers, so that any function can be made of them.</summary>
internal struct Series
{
    private long _count;
    private double _sum;
    private double _squares;
    private double _inverses;
    private double _least;
    private double _most;

    /// <summary>Takes a number in.</summary>
    public void Add(double value)
    {
        _least = _count == 0 ? value : Math.Min(_least, value);
        _most = _count == 0 ? value : Math.Max(_most, value);
        _count++;
        _sum += value;
        _squares += value * value;
        _inverses += 1.0 / value;
    }

    /// <summary>The value of a function; 0 of no numbers.</summary>
    public readonly double Of(StatsFunction function) => function switch
    {
        StatsFunction.Sum => _sum,
        StatsFunction.Min => _least,
        StatsFunction.Max => _most,
        StatsFunction.Avg => _count == 0 ? 0 : _sum / _count,
        StatsFunction.SumInv => _inverses,
        StatsFunction.AvgInv => _count == 0 ? 0 : _inverses / _count,
        StatsFunction.Std => _count <= 1 ? 0 : Math.Sqrt(Math.Max(0, _squares - (_sum * _sum / _count)) / (_count - 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "no function of numbers"),
    };
}
