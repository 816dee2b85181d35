using System.Text;
using System.Xml;
using System.Xml.Linq;
using Lamina.Format.Inspection.Html;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Inspection.Html;

/// <summary>A page as XML, which it must be.</summary>
internal sealed class Page
{
    private Page(byte[] bytes, VerificationReport report)
    {
        Bytes = bytes;
        Report = report;
        Text = Encoding.UTF8.GetString(bytes);
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(new StringReader(Text), settings);
        Root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public byte[] Bytes { get; }

    public string Text { get; }

    public VerificationReport Report { get; }

    public XElement Root { get; }

    public static Page Of(string path)
    {
        using MemoryStream stream = new();
        VerificationReport report = DataSetHtml.Write(path, stream);
        return new Page(stream.ToArray(), report);
    }

    /// <summary>The numbers of the layers in the tree, in their order.</summary>
    public IEnumerable<string> LayersInTree() =>
        Elements("ul").Where(static list => (string?)list.Attribute("class") == "tree")
            .SelectMany(static tree => tree.Descendants("code")).Select(static code => code.Value);

    public IEnumerable<XElement> Elements(string name) => Root.Descendants(name);
}
