using System.Collections.Immutable;
using Compeer.Cli.Commands;
using Compeer.Cli.Output;

namespace Compeer.Cli.Help;

/// <summary>
/// Completion of command lines for bash and zsh, from the command table alone. The words of a command are those that its
/// help names; names of nodes are asked of <c>mon node list</c> when they are wanted.
/// </summary>
internal sealed class CompletionScripts(TextWriter output, ImmutableArray<MonCommand> commands)
{
    private const string Types = "peer poller master";

    private IEnumerable<CommandHelp> Helps => commands.Select(command => command.Help);

    private IEnumerable<string> FirstWords =>
        Helps.Select(help => help.Category ?? help.Name).Append("help").Distinct(StringComparer.Ordinal);

    private IEnumerable<IGrouping<string, CommandHelp>> Categories =>
        Helps.Where(help => help.Category is not null).GroupBy(help => help.Category!, StringComparer.Ordinal);

    /// <summary>Writes the script for a shell.</summary>
    /// <returns>False when that shell is unknown.</returns>
    public bool TryWrite(string shell)
    {
        switch (shell)
        {
            case "bash":
                WriteBash();
                return true;
            case "zsh":
                WriteZsh();
                return true;
            default:
                return false;
        }
    }

    private void WriteBash()
    {
        output.WriteLine("# Completion of mon for bash. Made from the table that also gives mon's help.");
        WriteOffers("_mon_offers");
        output.WriteLine(
            """
            _mon() {
              local line current offers
              line=${COMP_LINE:0:COMP_POINT}
              current=${line##*[[:space:]]}
              local -a before
              read -ra before <<<"${line%"$current"}"
              offers=$(_mon_offers "${before[@]:1}" "${current%%=*}")
              case $offers in
                *@files*) COMPREPLY=($(compgen -f -- "${current#*=}")); return ;;
              esac
              COMPREPLY=($(compgen -W "$offers" -- "$current"))
              # bash takes "=" for the end of a word: what stands before it is not to be repeated.
              if [[ $current == *=* && $COMP_WORDBREAKS == *=* ]]; then
                COMPREPLY=("${COMPREPLY[@]#"${current%=*}="}")
              fi
              if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then
                compopt -o nospace 2>/dev/null
              fi
            }
            complete -F _mon mon
            """);
    }

    private void WriteZsh()
    {
        output.WriteLine("#compdef mon");
        output.WriteLine("# Completion of mon for zsh. Made from the table that also gives mon's help.");
        WriteOffers("_mon_offers");
        output.WriteLine("_mon_summaries() {");
        output.WriteLine("  case \"$1\" in");
        WriteSummaries("''", Helps.Where(help => help.Category is null));
        foreach (var category in Categories)
        {
            WriteSummaries(ShellQuote.Quote(category.Key), category);
        }

        output.WriteLine("  esac");
        output.WriteLine("}");
        output.WriteLine(
            """
            _mon() {
              local offers
              local -a known
              offers=$(_mon_offers "${(@)words[2,CURRENT-1]}" "${words[CURRENT]%%=*}")
              if [[ $offers == *@files* ]]; then
                compset -P '*='
                _files
                return
              fi
              case $CURRENT in
                2) known=("${(@f)$(_mon_summaries '')}") ;;
                3) known=("${(@f)$(_mon_summaries "${words[2]}")}") ;;
              esac
              if [[ -n ${known[1]:-} ]]; then
                _describe command known
                [[ $CURRENT -eq 2 ]] && compadd -- ${=offers}
              else
                compadd -S '' -- ${(M)${=offers}:#*=}
                compadd -- ${${=offers}:#*=}
              fi
            }
            _mon "$@"
            """);
    }

    /// <summary>A function of the shell that prints what may follow the words it is given; the last is the one being typed, up to
    /// its "=".</summary>
    private void WriteOffers(string function)
    {
        output.WriteLine($"{function}() {{");
        output.WriteLine("  case \"$#:$1\" in");
        output.WriteLine("    0:* | 1:*)");
        output.WriteLine($"      printf '%s\\n' {string.Join(' ', FirstWords)}; return ;;");
        foreach (var category in Categories)
        {
            output.WriteLine($"    2:{category.Key})");
            output.WriteLine($"      printf '%s\\n' {string.Join(' ', category.Select(help => help.Name))}; return ;;");
        }

        output.WriteLine("  esac");
        output.WriteLine("  local typed=");
        output.WriteLine("  [ $# -eq 0 ] || eval \"typed=\\${$#}\"");
        output.WriteLine("  case \"$1 ${2:-}\" in");
        foreach (var help in Helps.OrderBy(help => help.Category is null))
        {
            output.WriteLine($"    {ShellQuote.Quote(help.Path)}{(help.Category is null ? "\\ *" : "")})");
            WriteWords(help);
            output.WriteLine("      ;;");
        }

        output.WriteLine("  esac");
        output.WriteLine("}");
    }

    private void WriteWords(CommandHelp help)
    {
        var words = new List<string>();
        var values = new List<string>();
        foreach (var name in help.Options.Select(option => option.Name.Split(' ', ',')[0]))
        {
            var equals = name.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
            {
                words.AddRange(name.StartsWith('-') ? [name] : []);
                continue;
            }

            (var key, var value) = (name[..equals], name[(equals + 1)..]);
            if (key.Any(char.IsUpper))
            {
                continue;
            }

            words.Add(value.All(c => char.IsLower(c)) ? name : key + "=");
            values.AddRange(value switch
            {
                _ when value.StartsWith("TYPE", StringComparison.Ordinal) => [$"{key}) printf '{key}=%s\\n' {Types}; return ;;"],
                _ when value.StartsWith("FILE", StringComparison.Ordinal) => [$"{key}) printf '@files\\n'; return ;;"],
                _ => Array.Empty<string>(),
            });
        }

        if (values.Count > 0)
        {
            output.WriteLine("      case \"$typed\" in");
            values.ForEach(value => output.WriteLine("        " + value));
            output.WriteLine("      esac");
        }

        words.Add("--help");
        output.WriteLine($"      printf '%s\\n' {string.Join(' ', words.Select(ShellQuote.Quote))}");
        if (help.Options.Any(option => option.Text.Contains("\"mon node list\"", StringComparison.Ordinal)))
        {
            output.WriteLine("      mon node list 2>/dev/null");
        }

        if (help.Options.Any(option => option.Name == "file"))
        {
            output.WriteLine("      case \"$typed\" in -*) ;; *) printf '@files\\n' ;; esac");
        }
    }

    private void WriteSummaries(string pattern, IEnumerable<CommandHelp> helps)
    {
        output.WriteLine($"    {pattern})");
        foreach (var help in helps)
        {
            output.WriteLine($"      printf '%s\\n' {ShellQuote.Quote($"{help.Name}:{help.Summary}")}");
        }

        output.WriteLine("      ;;");
    }
}
