using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Lamina.Generator.Naming;

/// <summary>
/// The rules by which a name becomes an identifier of C#.
/// <list type="number">
/// <item>The name is cut into words at every character that cannot stand in an identifier, and at every underscore.
/// <c>noun.act</c> is <c>noun</c>, <c>act</c>. Characters outside the Basic Multilingual Plane separate words too: the
/// compiler takes none of them.</item>
/// <item>Each word's first letter is made upper case, the rest stays, and the words are joined: <c>NounAct</c>. Between two
/// digits an underscore keeps the words apart: <c>v1.5</c> is <c>V1_5</c>.</item>
/// <item>What does not begin with a letter gets an underscore before it: <c>3rd</c> is <c>_3rd</c>. So no identifier is a
/// keyword, which are all lower case.</item>
/// <item>An identifier is cut at 128 characters.</item>
/// <item>Without a name, or where the name has no word, a layer is <c>L</c> and its number, a dimension <c>D</c> and its
/// number in at least two digits: <c>L3</c>, <c>D01</c>.</item>
/// <item>An identifier is taken if it is that of another of the data set's dimensions, or of the dimension's layers, whatever
/// the case of its letters; if a member that is always there has it, such as <c>All</c>; or if it reads as the number of
/// another, such as <c>L3</c> for layer 7. All that meet so get their number as a suffix, <c>Joy_L3</c> and <c>Joy_L9</c>,
/// <c>Emotion_D01</c>: none keeps the plain identifier, since a layer added later would then change what it means. An
/// identifier without a suffix never ends like one with, because of the underscore.</item>
/// </list>
/// The rules depend on nothing but the name: not on the culture, nor on the order of the file.
/// </summary>
internal static class NameRules
{
    /// <summary>The most characters an identifier has before its suffix; .NET's metadata takes 1,023 bytes of UTF-8.</summary>
    public const int MaxLength = 128;

    /// <summary>The most characters of a namespace.</summary>
    public const int MaxNamespaceLength = 256;

    /// <summary>The member for a layer that has no name.</summary>
    public static string UnnamedLayer(uint number) => "L" + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The class for a dimension that has no name.</summary>
    public static string UnnamedDimension(ushort id) => "D" + id.ToString("D2", CultureInfo.InvariantCulture);

    /// <summary>The identifier for <paramref name="name"/>, or null if it has no word.</summary>
    public static string? ToIdentifier(string name)
    {
        StringBuilder identifier = new(Math.Min(name.Length, MaxLength) + 1);
        bool atWord = true;
        foreach (char c in name)
        {
            if (identifier.Length >= MaxLength)
                break;
            if (!IsPart(c))
            {
                atWord = true;
                continue;
            }

            if (atWord && identifier.Length > 0 && char.IsDigit(c) && char.IsDigit(identifier[identifier.Length - 1]))
                identifier.Append('_');
            identifier.Append(atWord ? char.ToUpperInvariant(c) : c);
            atWord = false;
        }

        if (identifier.Length == 0)
            return null;
        if (!SyntaxFacts.IsIdentifierStartCharacter(identifier[0]))
            identifier.Insert(0, '_');
        return identifier.ToString();
    }

    /// <summary>Whether <paramref name="identifier"/> is <paramref name="letter"/> and digits, in either case.</summary>
    public static bool LooksLikeNumber(string identifier, char letter)
    {
        if (identifier.Length < 2 || char.ToUpperInvariant(identifier[0]) != letter)
            return false;
        for (int i = 1; i < identifier.Length; i++)
        {
            if (identifier[i] is < '0' or > '9')
                return false;
        }

        return true;
    }

    /// <summary>Makes any text a namespace: what cannot stand in an identifier becomes an underscore.</summary>
    public static string ToNamespace(string text)
    {
        string[] parts = text.Split(['.'], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            StringBuilder part = new(parts[i].Length + 1);
            foreach (char c in parts[i])
                part.Append(SyntaxFacts.IsIdentifierPartCharacter(c) && !IsFormat(c) ? c : '_');
            if (!SyntaxFacts.IsIdentifierStartCharacter(part[0]))
                part.Insert(0, '_');
            parts[i] = Escape(part.ToString());
        }

        return string.Join(".", parts);
    }

    /// <summary>Reads a namespace that its author wrote; false if it is not one.</summary>
    public static bool TryGetNamespace(string text, out string @namespace)
    {
        @namespace = "";
        if (text.Length > MaxNamespaceLength)
            return false;
        string[] parts = text.Split('.');
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i].StartsWith("@", StringComparison.Ordinal) ? parts[i].Substring(1) : parts[i];
            if (!SyntaxFacts.IsValidIdentifier(part))
                return false;
            foreach (char c in part)
            {
                if (IsFormat(c))
                    return false;
            }

            parts[i] = Escape(part);
        }

        @namespace = string.Join(".", parts);
        return true;
    }

    private static string Escape(string identifier) =>
        SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None ? identifier : "@" + identifier;

    private static bool IsPart(char c) =>
        SyntaxFacts.IsIdentifierPartCharacter(c)
        && char.GetUnicodeCategory(c) is not (UnicodeCategory.ConnectorPunctuation or UnicodeCategory.Format);

    // The compiler takes formatting characters and ignores them: two identifiers that differ in one are the same.
    private static bool IsFormat(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
