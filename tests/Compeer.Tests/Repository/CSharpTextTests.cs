namespace Compeer.Tests.Repository;

public sealed class CSharpTextTests
{
    [Theory]
    [InlineData("a; // b\nc", "a;     \nc")]
    [InlineData("a /* b\n{ */ c", "a     \n     c")]
    [InlineData("x = \"{\\\"}\"; y", "x =       ; y")]
    [InlineData("x = @\"{\"\"\\\"; y", "x =        ; y")]
    [InlineData("x = '{'; y = '\\''; z", "x =    ; y =     ; z")]
    [InlineData("x = $\"a{b(\"}\")}c\"; y", "x =     b(   )   ; y")]
    [InlineData("x = $\"{{{a}}}\"; y", "x =      a    ; y")]
    [InlineData("x = \"\"\"\n{ \" \"\" }\n\"\"\"; y", "x =    \n        \n   ; y")]
    [InlineData("\"never closed {", "               ")]
    [InlineData("/* never closed {", "                 ")]
    public void Blank_CommentsAndStrings_LeaveTheCode(string code, string blanked) =>
        Assert.Equal(blanked, CSharpText.Blank(code));
}
