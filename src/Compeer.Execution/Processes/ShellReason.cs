namespace Compeer.Execution.Processes;

/// <summary>Why a command line has to be run by <c>/bin/sh -c</c>, after the cases of Naemon's <c>lib/runcmd.h</c>.</summary>
public enum ShellReason
{
    /// <summary>It need not: the words can be handed to the program directly.</summary>
    None = 0,

    /// <summary>A redirection or a pipe: <c>|</c>, <c>&lt;</c>, <c>&gt;</c>.</summary>
    Redirection = 1,

    /// <summary>Another command's output is put in: <c>`…`</c> or <c>$(…)</c>.</summary>
    CommandSubstitution = 2,

    /// <summary>A parenthesis.</summary>
    Subshell = 3,

    /// <summary>Several commands or one in the background: <c>;</c>, <c>&amp;</c>, a line end.</summary>
    JobControl = 4,

    /// <summary>A single quote without its end; the shell words the error.</summary>
    UnbalancedSingleQuote = 5,

    /// <summary>A double quote without its end; the shell words the error.</summary>
    UnbalancedDoubleQuote = 6,

    /// <summary>A file name pattern: <c>*</c>, <c>?</c>, <c>[</c>.</summary>
    Wildcard = 7,

    /// <summary>A shell variable or home directory: <c>$</c>, <c>~</c>.</summary>
    Variable = 8,

    /// <summary>Only assignments, no command.</summary>
    OnlyAssignments = 9,

    /// <summary>What begins with <c>#</c>, <c>!</c>, <c>{</c> or <c>}</c> can be a comment or a word of the shell's language.</summary>
    ReservedWord = 10,
}
