namespace Lamina.Runtime.Tests.Model;

/// <summary>Runs programs on shared variables in every order that a machine allows. A state is a row of bytes.</summary>
/// <remarks>
/// A state holds the variables, then which memory is freed, then for each thread: the next instruction, who has not passed its fence yet,
/// the registers, and its window of accesses that are issued and not done, oldest first. Loads are done when they are issued; so that a
/// load passes an earlier store is a store that stays in the window meanwhile. What is done at last happens in memory at
/// once for all, as on x86-64 and ARM64.
/// </remarks>
internal sealed class ModelMachine
{
    private const int MaxWindow = 16;
    private const int EntrySize = 3;
    private const int Pc = 0;
    private const int Fence = Pc + sizeof(ushort);
    private const int FirstRegister = Fence + 1;

    private readonly MemoryOrder _order;
    private readonly ModelProgram[] _programs;
    private readonly int _variables;
    private readonly int[] _starts;
    private readonly int _size;

    /// <summary>Makes a machine.</summary>
    /// <param name="order">What it may reorder.</param>
    /// <param name="variables">The variables' first values.</param>
    /// <param name="memories">One more than the highest number of what can be freed.</param>
    /// <param name="programs">What its threads do.</param>
    public ModelMachine(MemoryOrder order, byte[] variables, int memories, params ModelProgram[] programs)
    {
        _order = order;
        _programs = programs;
        _variables = variables.Length;
        _starts = new int[programs.Length];
        _size = _variables + memories;
        for (int i = 0; i < programs.Length; i++)
        {
            _starts[i] = _size;
            _size += FirstRegister + programs[i].Registers + 1 + (MaxWindow * EntrySize);
        }

        byte[] state = new byte[_size];
        variables.CopyTo(state, 0);
        for (int i = 0; i < programs.Length; i++)
            RunLocal(state, i);
        Start = state;
    }

    /// <summary>The state before the first step.</summary>
    public byte[] Start { get; }

    /// <summary>The variables of a state.</summary>
    public ReadOnlySpan<byte> Variables(byte[] state) => state.AsSpan(0, _variables);

    /// <summary>Whether every thread has ended and all its accesses are done.</summary>
    public bool IsEnd(byte[] state)
    {
        for (int i = 0; i < _programs.Length; i++)
        {
            if (!HasEnded(state, i))
                return false;
        }

        return true;
    }

    /// <summary>Says where every thread stands.</summary>
    public string Describe(byte[] state) =>
        string.Join(", ", _programs.Select((program, i) => $"{program.Name} at '{Next(state, i).Name}'"));

    /// <summary>Calls <paramref name="found"/> with each state that can follow, and the step to it.</summary>
    /// <exception cref="ModelViolationException">A step does what must never be.</exception>
    public void Expand(byte[] state, Action<byte[], string> found)
    {
        for (int thread = 0; thread < _programs.Length; thread++)
        {
            Perform(state, thread, found);
            Execute(state, thread, found);
        }
    }

    /// <summary>Does one of the accesses in a thread's window, each that may be next.</summary>
    private void Perform(byte[] state, int thread, Action<byte[], string> found)
    {
        int count = state[WindowOf(thread)];
        for (int i = 0; i < count; i++)
        {
            if (!MayBeNext(state, thread, i))
                continue;
            byte[] next = (byte[])state.Clone();
            Span<byte> window = next.AsSpan(WindowOf(thread));
            Span<byte> entry = window.Slice(1 + (i * EntrySize), EntrySize);
            (int location, byte value, Operation kind) = (entry[0], entry[1], (Operation)entry[2]);
            window[(1 + ((i + 1) * EntrySize))..(1 + (count * EntrySize))].CopyTo(window[(1 + (i * EntrySize))..]);
            window.Slice(1 + ((count - 1) * EntrySize), EntrySize).Clear();
            window[0]--;
            string what = $"{_programs[thread].Name}: done in memory: {kind} {location}, {value}";
            if (kind == Operation.Touch)
                CheckIsThere(state, location, what);
            else
                next[location] = value;
            found(next, what);
        }
    }

    private bool MayBeNext(byte[] state, int thread, int index)
    {
        if (index == 0)
            return true;
        if (_order != MemoryOrder.Release)
            return false;
        ReadOnlySpan<byte> entries = state.AsSpan(WindowOf(thread) + 1);
        ReadOnlySpan<byte> entry = entries.Slice(index * EntrySize, EntrySize);
        if ((Operation)entry[2] == Operation.StoreRelease)
            return false;
        if ((Operation)entry[2] == Operation.Touch)
            return true;
        for (int i = 0; i < index; i++)
        {
            if (entries[i * EntrySize] == entry[0] && (Operation)entries[(i * EntrySize) + 2] != Operation.Touch)
                return false;
        }

        return true;
    }

    private void Execute(byte[] state, int thread, Action<byte[], string> found)
    {
        Instruction instruction = Next(state, thread);
        if (instruction.Operation == Operation.End || !CanExecute(state, thread, instruction))
            return;
        byte[] next = (byte[])state.Clone();
        string what = $"{_programs[thread].Name}: {instruction.Name}";
        Span<byte> registers = RegistersOf(next, thread);
        int location = instruction.Location(registers);
        bool isDone = true;
        switch (instruction.Operation)
        {
            case Operation.Load:
                registers[instruction.Register] = See(state, thread, location);
                what += $" is {registers[instruction.Register]}";
                break;

            case Operation.Store or Operation.StoreRelease:
                byte value = (byte)instruction.Value(registers);
                what += $" = {value}";
                if (_order == MemoryOrder.Sequential)
                    next[location] = value;
                else
                    Issue(next, thread, location, value, instruction.Operation);
                break;

            case Operation.Touch when location != 0:
                what += $" reads memory {location}";
                if (_order == MemoryOrder.Release)
                    Issue(next, thread, location, 0, Operation.Touch);
                else
                    CheckIsThere(state, location, what);
                break;

            case Operation.Interlocked:
                registers[instruction.Register] = state[location];
                next[location] = (byte)instruction.Combine(state[location], 0);
                what += $" was {state[location]}";
                break;

            case Operation.Enter:
                next[location] = (byte)(thread + 1);
                break;

            case Operation.TryEnter:
                registers[instruction.Register] = (byte)(state[location] == 0 ? 1 : 0);
                what += state[location] == 0 ? " succeeds" : " fails";
                if (state[location] == 0)
                    next[location] = (byte)(thread + 1);
                break;

            case Operation.Exit:
                next[location] = 0;
                break;

            case Operation.Free:
                if (next[_variables + location]++ != 0)
                    throw new ModelViolationException($"{what}: memory {location} is freed twice");
                what += $" frees memory {location}";
                break;

            case Operation.FenceAll:
                isDone = PassFence(next, thread);
                break;
        }

        if (isDone)
        {
            PcOf(next, thread)++;
            RunLocal(next, thread);
        }

        found(next, what);
    }

    private bool CanExecute(byte[] state, int thread, Instruction instruction)
    {
        ReadOnlySpan<byte> window = state.AsSpan(WindowOf(thread));
        int location = instruction.Location(RegistersOf(state, thread));
        return instruction.Operation switch
        {
            Operation.Interlocked or Operation.Exit => window[0] == 0,
            Operation.Enter => window[0] == 0 && state[location] == 0,
            Operation.TryEnter => window[0] == 0 || state[location] != 0,
            Operation.FenceAll => window[0] == 0 && CanPassFence(state, thread),
            Operation.ReadBarrier => !HasRead(window),
            Operation.Await => HasEnded(state, location),
            _ => true,
        };
    }

    // A thread without accesses in its window may have passed its fence at any time of the call: now is as good for whoever looks
    // for a fault as later. Of those that have some, each passes when its window is empty.
    private bool CanPassFence(byte[] state, int thread)
    {
        int waiting = state[_starts[thread] + Fence];
        if (waiting == 0)
            return true;
        for (int i = 0; i < _programs.Length; i++)
        {
            if ((waiting & (1 << i)) != 0 && state[WindowOf(i)] == 0)
                return true;
        }

        return false;
    }

    private bool PassFence(byte[] state, int thread)
    {
        ref byte waiting = ref state[_starts[thread] + Fence];
        bool isFirst = waiting == 0;
        for (int i = 0; i < _programs.Length; i++)
        {
            if (isFirst && state[WindowOf(i)] != 0)
                waiting |= (byte)(1 << i);
            else if (state[WindowOf(i)] == 0)
                waiting &= (byte)~(1 << i);
        }

        return waiting == 0;
    }

    private void RunLocal(byte[] state, int thread)
    {
        while (true)
        {
            Instruction instruction = Next(state, thread);
            ref ushort pc = ref PcOf(state, thread);
            switch (instruction.Operation)
            {
                case Operation.Local:
                    instruction.Work(RegistersOf(state, thread), state.AsSpan(0, _variables));
                    pc++;
                    break;

                case Operation.Branch:
                    pc = instruction.Value(RegistersOf(state, thread)) != 0 ? (ushort)instruction.Target : (ushort)(pc + 1);
                    break;

                case Operation.End:
                    // What registers hold makes no difference any more.
                    RegistersOf(state, thread).Clear();
                    return;

                default:
                    return;
            }
        }
    }

    /// <summary>What a thread sees of a variable: its own last store, or what is in memory.</summary>
    private byte See(byte[] state, int thread, int variable)
    {
        ReadOnlySpan<byte> window = state.AsSpan(WindowOf(thread));
        for (int i = window[0] - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> entry = window.Slice(1 + (i * EntrySize), EntrySize);
            if (entry[0] == variable && (Operation)entry[2] != Operation.Touch)
                return entry[1];
        }

        return state[variable];
    }

    private void Issue(byte[] state, int thread, int location, byte value, Operation kind)
    {
        Span<byte> window = state.AsSpan(WindowOf(thread));
        if (window[0] == MaxWindow)
            throw new InvalidOperationException("The window of the model is too small for the program.");
        Span<byte> entry = window.Slice(1 + (window[0] * EntrySize), EntrySize);
        (entry[0], entry[1], entry[2]) = ((byte)location, value, (byte)kind);
        window[0]++;
    }

    private static bool HasRead(ReadOnlySpan<byte> window)
    {
        for (int i = 0; i < window[0]; i++)
        {
            if ((Operation)window[1 + (i * EntrySize) + 2] == Operation.Touch)
                return true;
        }

        return false;
    }

    private void CheckIsThere(byte[] state, int memory, string what)
    {
        if (state[_variables + memory] != 0)
            throw new ModelViolationException($"{what}: memory {memory} is freed");
    }

    private bool HasEnded(byte[] state, int thread) => Next(state, thread).Operation == Operation.End && state[WindowOf(thread)] == 0;

    private Instruction Next(byte[] state, int thread) => _programs[thread].Instructions[PcOf(state, thread)];

    private ref ushort PcOf(byte[] state, int thread) =>
        ref System.Runtime.InteropServices.MemoryMarshal.AsRef<ushort>(state.AsSpan(_starts[thread] + Pc, sizeof(ushort)));

    private int WindowOf(int thread) => _starts[thread] + FirstRegister + _programs[thread].Registers;

    private Span<byte> RegistersOf(byte[] state, int thread) => state.AsSpan(_starts[thread] + FirstRegister, _programs[thread].Registers);
}
