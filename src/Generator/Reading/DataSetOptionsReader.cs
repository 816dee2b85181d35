using Lamina.Generator.Model;
using Lamina.Generator.Naming;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lamina.Generator.Reading;

/// <summary>Reads how a file is to be generated: from its item's metadata, else from the project's properties.</summary>
internal sealed class DataSetOptionsReader(AnalyzerConfigOptions project, AnalyzerConfigOptions item)
{
    private const string DefaultNamespace = "Lamina.Generated";

    /// <summary>Whether the file is a data set.</summary>
    public bool IsDataSet(string path)
    {
        if (item.TryGetValue("build_metadata.AdditionalFiles.LaminaDataSet", out string? declared) && declared.Length > 0)
            return Is(declared, "true");
        const string FileName = "dimensions.json";
        return path.EndsWith(FileName, StringComparison.OrdinalIgnoreCase)
            && (path.Length == FileName.Length || path[path.Length - FileName.Length - 1] is '/' or '\\');
    }

    /// <summary>Reads the options; of one that is wrong, which <paramref name="error"/> tells, what comes closest.</summary>
    public DataSetOptions Read(out OptionError? error)
    {
        string @namespace = ReadNamespace(out error);
        string accessibility = Read("LaminaAccessibility");
        bool isInternal = Is(accessibility, "internal");
        if (!isInternal && accessibility.Length > 0 && !Is(accessibility, "public"))
            error ??= new OptionError("LaminaAccessibility", accessibility, "public or internal");

        string members = Read("LaminaMembers");
        if (!TryReadMembers(members, out MemberKinds kinds))
            error ??= new OptionError("LaminaMembers", members, "auto, all, named or none");
        return new DataSetOptions(@namespace, !isInternal, kinds, Is(Read("LaminaStrict"), "true"));
    }

    private string ReadNamespace(out OptionError? error)
    {
        error = null;
        string declared = Read("LaminaNamespace");
        if (NameRules.TryGetNamespace(declared, out string @namespace))
            return @namespace;
        if (declared.Length > 0)
        {
            error = new OptionError("LaminaNamespace", declared, "identifiers of C# with dots between them");
            string closest = NameRules.ToNamespace(declared);
            if (closest.Length is > 0 and <= NameRules.MaxNamespaceLength)
                return closest;
        }

        // A project's name need not be a namespace; the root namespace that follows from it is made one.
        string root = project.TryGetValue("build_property.RootNamespace", out string? value)
            ? NameRules.ToNamespace(value.Trim())
            : "";
        return root.Length == 0 ? DefaultNamespace : root;
    }

    private static bool TryReadMembers(string text, out MemberKinds kinds)
    {
        kinds = Is(text, "all") ? MemberKinds.All
            : Is(text, "named") ? MemberKinds.Named
            : Is(text, "none") ? MemberKinds.None
            : MemberKinds.Auto;
        return kinds != MemberKinds.Auto || text.Length == 0 || Is(text, "auto");
    }

    private string Read(string option)
    {
        if (item.TryGetValue("build_metadata.AdditionalFiles." + option, out string? value) && value.Trim().Length > 0)
            return value.Trim();
        return project.TryGetValue("build_property." + option, out value) ? value.Trim() : "";
    }

    private static bool Is(string value, string expected) =>
        string.Equals(value.Trim(), expected, StringComparison.OrdinalIgnoreCase);
}
