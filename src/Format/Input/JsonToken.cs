namespace Lamina.Format.Input;

/// <summary>What <see cref="JsonTokenizer"/> found.</summary>
internal enum JsonToken
{
    /// <summary>Nothing more before the buffer ends.</summary>
    NeedMore,

    StartObject,
    EndObject,
    StartArray,
    EndArray,

    /// <summary>A property's name; its caller reads it if it is not a short one.</summary>
    Name,

    /// <summary>The opening quote of a string value; its caller reads the string.</summary>
    String,

    Number,
    True,
    False,
    Null,

    /// <summary>No JSON; nothing behind this place can be understood.</summary>
    Invalid,
}
