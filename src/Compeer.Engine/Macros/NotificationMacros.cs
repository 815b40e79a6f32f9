using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Macros about the notification that is sent; nothing while there is none (Naemon).</summary>
internal static class NotificationMacros
{
    /// <summary><c>$NOTIFICATIONTYPE$</c> and so on.</summary>
    public static bool TryAdd(ReadOnlySpan<char> name, MacroContext context, TextBuffer output)
    {
        const string Prefix = "NOTIFICATION";
        if (!name.StartsWith(Prefix))
        {
            return false;
        }

        var scope = context.Notification;
        switch (name[Prefix.Length..])
        {
            case "TYPE":
                output.Add(scope?.Type);
                return true;
            case "NUMBER":
                if (scope is not null)
                {
                    output.AddNumber(scope.Number);
                }

                return true;
            case "RECIPIENTS":
                AddRecipients(scope, output);
                return true;
            case "ISESCALATED":
                output.Add(scope is null ? null : scope.IsEscalated ? "1" : "0");
                return true;
            case "AUTHOR":
                output.Add(scope?.Author);
                return true;
            case "AUTHORNAME":
                output.Add(scope?.AuthorContact?.Name);
                return true;
            case "AUTHORALIAS":
                output.Add(scope?.AuthorContact?.Alias);
                return true;
            case "COMMENT":
                output.Add(scope?.Comment);
                return true;
            default:
                return false;
        }
    }

    /// <summary><c>xNOTIFICATIONNUMBER</c>, <c>xNOTIFICATIONID</c>, x being HOST or SERVICE: of the notification that is sent, when it is
    /// about that object; else of the last one.</summary>
    public static bool TryAdd(
        ReadOnlySpan<char> name, ReadOnlySpan<char> kind, CheckableDefinition subject, MacroContext context, TextBuffer output)
    {
        if (!name.StartsWith(kind))
        {
            return false;
        }

        var isSubject = context.Notification is not null && ReferenceEquals(subject, (CheckableDefinition?)context.Service ?? context.Host);
        switch (name[kind.Length..])
        {
            case "NOTIFICATIONNUMBER":
                output.AddNumber(isSubject ? context.Notification!.Number : context.Told(subject).Number);
                return true;
            case "NOTIFICATIONID":
                var id = IdOf(subject, isSubject ? context.Notification!.Ticket : context.Told(subject).LastTicket);
                output.Add(id == Guid.Empty ? null : id.ToString("D", System.Globalization.CultureInfo.InvariantCulture));
                return true;
            default:
                return TryAddAcknowledgement(name[kind.Length..], isSubject ? context.Notification : null, output);
        }
    }

    /// <summary>The id of a notification of an object; empty for none.</summary>
    public static Guid IdOf(CheckableDefinition subject, long ticket) => ticket == 0 ? Guid.Empty : ProblemId.Of(subject, ticket);

    private static void AddRecipients(NotificationScope? scope, TextBuffer output)
    {
        var names = new DelimitedList(output, ",");
        foreach (var name in scope?.Recipients ?? [])
        {
            names.Begin();
            output.Add(name);
            names.End();
        }
    }

    private static bool TryAddAcknowledgement(ReadOnlySpan<char> name, NotificationScope? scope, TextBuffer output)
    {
        if (scope is not { IsAcknowledgement: true })
        {
            return false;
        }

        switch (name)
        {
            case "ACKAUTHOR":
                output.Add(scope.Author);
                return true;
            case "ACKAUTHORNAME":
                output.Add(scope.AuthorContact?.Name);
                return true;
            case "ACKAUTHORALIAS":
                output.Add(scope.AuthorContact?.Alias);
                return true;
            case "ACKCOMMENT":
                output.Add(scope.Comment);
                return true;
            default:
                return false;
        }
    }
}
