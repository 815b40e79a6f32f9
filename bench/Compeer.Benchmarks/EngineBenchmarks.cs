using BenchmarkDotNet.Attributes;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Benchmarks;

/// <summary>One check through the engine: it becomes due, starts, and comes back OK and unchanged.</summary>
[MemoryDiagnoser]
public class EngineBenchmarks
{
    private const int Hosts = 1_000;

    private readonly Transition _transition = new();
    private readonly byte[] _output = "OK: all is well"u8.ToArray();
    private MonitoringEngine _engine = null!;
    private EngineTime _now;
    private CheckState _state = null!;
    private readonly CheckStateEncoder _encoder = new();
    private byte[] _encoded = [];

    [GlobalSetup]
    public void Prepare()
    {
        (var main, var objects) = GeneratedConfiguration.Compile(Hosts);
        _engine = new MonitoringEngine(new EngineConfiguration(main, objects, ZoneRules.Utc));
        _now = new EngineTime(TimeSpan.FromDays(1), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _engine.Gain(_now, [.. Enumerable.Range(0, _engine.Count).Select(i => new CheckableId(i))], TimeSpan.Zero, _transition);
        for (var i = 0; i < 3 * _engine.Count; i++)
        {
            DueCheckComesBackUnchanged();
        }

        _state = _engine[new CheckableId(0)];
        _encoded = CheckStateCodec.Encode(_state);
    }

    [Benchmark]
    public int DueCheckComesBackUnchanged()
    {
        while (_transition.Checks.Count == 0)
        {
            _now = Later(_engine.NextWake!.Value);
            _engine.Advance(_now, _transition);
        }

        var checks = 0;
        foreach (var check in _transition.Checks.ToArray())
        {
            checks++;
            var result = new CheckResult(CheckOutcome.Exited, 0, _output, default, default, _now.Wall, TimeSpan.FromMilliseconds(2))
            {
                Run = check.Run,
            };
            _engine.Complete(_now, check.Id, result, _transition);
        }

        _transition.Clear();
        return checks;
    }

    [Benchmark]
    public int EncodeState() => _encoder.Encode(_state).Length;

    [Benchmark]
    public CheckState DecodeState() => CheckStateCodec.Decode(_encoded).State!;

    private EngineTime Later(TimeSpan monotonic) => new(monotonic, _now.Wall + (monotonic - _now.Monotonic));
}
