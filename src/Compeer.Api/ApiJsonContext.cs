using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Compeer.Api;

/// <summary>How the records of this contract are written as JSON: camel case, no reflection, absent members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DaemonStatus))]
[JsonSerializable(typeof(NodesStatus))]
[JsonSerializable(typeof(NodesReload))]
[JsonSerializable(typeof(ConfigurationReload))]
[JsonSerializable(typeof(ImmutableArray<KeptConfiguration>))]
[JsonSerializable(typeof(ConfigurationDifference))]
[JsonSerializable(typeof(GivenVersion))]
[JsonSerializable(typeof(CheckFigures))]
[JsonSerializable(typeof(CheckableStatus))]
[JsonSerializable(typeof(ImmutableArray<CheckableStatus>))]
[JsonSerializable(typeof(IAsyncEnumerable<CheckableStatus>))]
[JsonSerializable(typeof(RetentionImported))]
[JsonSerializable(typeof(CheckTestResult))]
[JsonSerializable(typeof(ApiProblem))]
public sealed partial class ApiJsonContext : JsonSerializerContext;
