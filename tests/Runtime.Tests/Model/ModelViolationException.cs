namespace Lamina.Runtime.Tests.Model;

/// <summary>A step of a model did what must never be.</summary>
internal sealed class ModelViolationException(string message) : Exception(message);
