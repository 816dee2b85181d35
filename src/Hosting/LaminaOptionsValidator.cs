using Microsoft.Extensions.Options;

namespace Lamina.Hosting;

/// <summary>Says everything that is wrong with the options, before anything is opened.</summary>
internal sealed class LaminaOptionsValidator : IValidateOptions<LaminaOptions>
{
    public ValidateOptionsResult Validate(string? name, LaminaOptions options)
    {
        string dataSet = string.IsNullOrEmpty(name) ? "The data set" : $"The data set '{name}'";
        List<string> failures = [];
        if (string.IsNullOrWhiteSpace(options.Folder))
            failures.Add($"{dataSet} has no {nameof(options.Folder)}. Set it to the folder that 'lamina convert' or the build wrote.");
        if (options.DegradedAtPercent is < 1 or > 100)
        {
            failures.Add(
                $"{dataSet}: {nameof(options.DegradedAtPercent)} is {options.DegradedAtPercent}; it is a percentage from 1 to 100.");
        }

        try
        {
            options.ToMemoryConfig().Validate();
        }
        catch (ArgumentException wrong)
        {
            failures.Add($"{dataSet}: {wrong.Message}");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
