namespace Lamina.Runtime.Tests.Model;

/// <summary>What a modelled thread does, step by step.</summary>
/// <param name="name">What traces call the thread.</param>
internal sealed class ModelProgram(string name)
{
    private readonly List<Instruction> _instructions = [];
    private readonly List<int> _places = [];
    private readonly List<(Instruction Branch, int Label)> _branches = [];

    public string Name => name;

    /// <summary>How many registers the thread uses.</summary>
    public int Registers { get; private set; }

    public IReadOnlyList<Instruction> Instructions => _instructions;

    public int Register() => Registers++;

    public int Label()
    {
        _places.Add(-1);
        return _places.Count - 1;
    }

    /// <summary>Puts a label before the next step.</summary>
    public void Mark(int label) => _places[label] = _instructions.Count;

    public void Local(LocalWork work) => Add(new Instruction(Operation.Local, "") { Work = work });

    public void Set(int register, int value) => Local((registers, _) => registers[register] = (byte)value);

    public void GoTo(int label) => GoToIf(label, static _ => 1);

    public void GoToIf(int label, Expression condition)
    {
        Instruction branch = new(Operation.Branch, "") { Value = condition };
        Add(branch);
        _branches.Add((branch, label));
    }

    public void Load(string code, int register, int variable) => Load(code, register, _ => variable);

    public void Load(string code, int register, Expression variable) =>
        Add(new Instruction(Operation.Load, code) { Register = register, Location = variable });

    public void Store(string code, int variable, Expression value) =>
        Add(new Instruction(Operation.Store, code) { Location = _ => variable, Value = value });

    public void StoreRelease(string code, int variable, Expression value) =>
        Add(new Instruction(Operation.StoreRelease, code) { Location = _ => variable, Value = value });

    /// <param name="code">The code that the step stands for.</param>
    /// <param name="memory">Which memory is read; 0 is none.</param>
    public void Touch(string code, Expression memory) => Add(new Instruction(Operation.Touch, code) { Location = memory });

    public void ReadBarrier(string code) => Add(new Instruction(Operation.ReadBarrier, code));

    /// <param name="code">The code that the step stands for.</param>
    /// <param name="register">Gets the old value.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="combine">Makes the new value of the old.</param>
    public void Interlocked(string code, int register, int variable, Func<int, int> combine) =>
        Add(new Instruction(Operation.Interlocked, code) { Register = register, Location = _ => variable, Combine = (old, _) => combine(old) });

    public void FenceAll(string code) => Add(new Instruction(Operation.FenceAll, code));

    public void Enter(string code, int variable) => Add(new Instruction(Operation.Enter, code) { Location = _ => variable });

    public void TryEnter(string code, int register, int variable) =>
        Add(new Instruction(Operation.TryEnter, code) { Register = register, Location = _ => variable });

    public void Exit(string code, int variable) => Add(new Instruction(Operation.Exit, code) { Location = _ => variable });

    public void Free(string code, Expression memory) => Add(new Instruction(Operation.Free, code) { Location = memory });

    public void Await(string code, int thread) => Add(new Instruction(Operation.Await, code) { Location = _ => thread });

    /// <summary>Ends the program and settles where branches go.</summary>
    public ModelProgram End()
    {
        Add(new Instruction(Operation.End, "ends"));
        foreach ((Instruction branch, int label) in _branches)
            branch.Target = _places[label];
        return this;
    }

    private void Add(Instruction instruction) => _instructions.Add(instruction);
}
