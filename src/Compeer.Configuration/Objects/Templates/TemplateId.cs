using Compeer.Configuration.Objects.Syntax;

namespace Compeer.Configuration.Objects.Templates;

/// <summary>An object that others can use as a template: it has a <c>name</c> that no other of its type has before it.</summary>
/// <param name="Raw">Its block.</param>
internal readonly record struct TemplateId(RawId Raw);
