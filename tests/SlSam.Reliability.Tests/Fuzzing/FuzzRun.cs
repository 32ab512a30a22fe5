using System.Globalization;
using TorchSharp;

namespace SlSam.Reliability.Tests.Fuzzing;

/// <summary>Feeds one reader, the same inputs for the same seed, and watches what it throws and what memory it takes.</summary>
internal sealed class FuzzRun(FuzzTarget target, int seed)
{
    /// <summary>By how much the process's address space may grow during a run: far less than a single tensor that a file of a few hundred bytes can ask for.</summary>
    private const long MostAddressSpace = 1L << 29;

    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private long? _live;

    /// <summary>How many inputs were read.</summary>
    public long Inputs { get; private set; }

    /// <summary>How many of them were taken for right.</summary>
    public long Accepted { get; private set; }

    /// <summary>How often each type of exception was thrown.</summary>
    public IReadOnlyDictionary<string, long> Refused => _refused;

    /// <summary>The largest share of what reading may allocate that an input has taken.</summary>
    public double LargestShare { get; private set; }

    /// <summary>By how many bytes the process's address space has grown.</summary>
    public long AddressSpace { get; private set; }

    /// <summary>Reads inputs.</summary>
    /// <exception cref="FuzzFailure">The reader has done what it must not.</exception>
    public void Run(long count)
    {
        foreach (var input in target.Valid)
        {
            target.Read(input);
        }

        var before = LargestAddressSpace();
        for (long index = 0; index < count; index++)
        {
            // Every input from its own seed, so that one can be made again alone.
            var input = Next(new Random(HashCode(index)));
            Read(index, input);
            if (index % 100 == 99 || index == count - 1)
            {
                AddressSpace = LargestAddressSpace() - before;
                if (AddressSpace > MostAddressSpace)
                {
                    throw new FuzzFailure($"{target.Name}: one of the last inputs up to {index} of seed {seed} has taken {AddressSpace >> 20} MiB.");
                }
            }
        }
    }

    /// <summary>Reads a single input, to see what it does.</summary>
    public void RunOne(long index) => Read(index, Next(new Random(HashCode(index))));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name,-24} {Inputs,8} inputs, {Accepted,6} accepted, {string.Join(", ", _refused.Select(pair => $"{pair.Value} {pair.Key}"))}; at most {100 * LargestShare:F0} % of the allowance, {AddressSpace >> 20} MiB of address space");

    private int HashCode(long index) => unchecked((int)((ulong)(seed * 1_000_003L + index) * 0x9E3779B97F4A7C15 >> 32));

    private FuzzInput Next(Random random)
    {
        if (random.Next(5) == 0)
        {
            return target.Generate(random);
        }

        var input = new FuzzInput(target.Valid[random.Next(target.Valid.Count)]);
        var name = input.Keys.ElementAt(random.Next(input.Count));
        var other = target.Valid[random.Next(target.Valid.Count)];
        input[name] = new Mutator(random).Mutate(input[name], other.Values.ElementAt(random.Next(other.Count)));
        if (random.Next(3) != 0)
        {
            target.Mend(input, random);
        }

        return input;
    }

    private void Read(long index, FuzzInput input)
    {
        Inputs++;
        _live ??= DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
            Accepted++;
        }
        catch (Exception exception) when (target.IsDocumented(exception))
        {
            var name = exception.GetType().Name;
            _refused[name] = _refused.GetValueOrDefault(name) + 1;
        }
        catch (Exception exception)
        {
            throw Failure($"threw {exception}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        LargestShare = Math.Max(LargestShare, (double)allocated / target.MostManagedBytes(input.Length));
        if (LargestShare > 1)
        {
            throw Failure($"allocated {allocated} bytes for an input of {input.Length}");
        }

        var left = DisposeScopeManager.Statistics.ThreadTotalLiveCount - _live.Value;
        if (Math.Abs(left) > target.TensorsKept)
        {
            throw Failure($"left {left} tensors");
        }

        FuzzFailure Failure(string what)
        {
            var kept = Directory.CreateTempSubdirectory("slsam-fuzz-").FullName;
            input.Write(kept);
            return new FuzzFailure($"{target.Name}: input {index} of seed {seed}, kept in '{kept}', {what}.");
        }
    }

    private static long LargestAddressSpace()
    {
        const string label = "VmPeak:";
        const string status = "/proc/self/status";
        return File.Exists(status)
            ? 1024 * long.Parse(File.ReadLines(status).First(line => line.StartsWith(label, StringComparison.Ordinal))[label.Length..].TrimEnd('k', 'B').Trim(), CultureInfo.InvariantCulture)
            : 0;
    }
}

/// <summary>A reader has done what it must not.</summary>
internal sealed class FuzzFailure(string message) : Exception(message);
