using System.Text;
using MiniLM.Texts.Mails;

namespace MiniLM.Tests.Texts.Mails;

public sealed class MailTextTests
{
    [Fact]
    public void Headers_are_cut_with_whatever_they_say_about_the_label()
    {
        string text = Of(
            "From list@example.org Thu Aug 22 12:36:23 2002\nX-Spam-Status: Yes, hits=12\nSubject: Win\n\tnow\nReceived: from x\n    by y\n\n"
            + "  Hello\tthere,\n\nSubject: this line is text.\n");

        Assert.Equal("Hello there, Subject: this line is text.", text);
    }

    [Theory]
    [InlineData("\nOnly text.", "Only text.")]
    [InlineData("Subject: only headers\nX: y", "")]
    [InlineData("Subject: a\r\n\r\nOne\r\ntwo", "One two")]
    [InlineData("", "")]
    [InlineData("Content-Type: image/png\n\nnot a text", "")]
    [InlineData("Content-Type: nonsense\n\nStill a text.", "Still a text.")]
    [InlineData("Content-Type: multipart/mixed\n\nno boundary is named", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=x\n\nno part follows", "")]
    [InlineData("Content-Type: text/plain; charset=no-such-charset\n\nStill a text.", "Still a text.")]
    public void What_is_missing_or_wrong_leaves_what_can_be_read(string mail, string expected) => Assert.Equal(expected, Of(mail));

    [Theory]
    [InlineData("quoted-printable", "Caf=E9 =3D a=20=\nb =ZZ =", "Café = a b =ZZ =")]
    [InlineData("base64", "Q2Fm6SBhdSBs\nYWl0", "Café au lait")]
    [InlineData("BASE64 ", "Q2Fm6SBhdSBsYWl0Cg==\n--\n", "Café au lait")]
    [InlineData("base64", "Q2Fm6Q", "Café")]
    [InlineData("8bit", "Caf\u00E9 \u0093x\u0094", "Café “x”")]
    public void A_transfer_encoding_is_undone_even_where_it_is_damaged(string encoding, string body, string expected) =>
        Assert.Equal(expected, Of($"Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: {encoding}\n\n{body}"));

    [Theory]
    [InlineData("utf-8", "C3A9", "é")]
    [InlineData("\"UTF-8\"", "C3A9", "é")]
    [InlineData("koi8-r", "C4C1", "да")]
    [InlineData("gb2312", "C4E3", "你")]
    [InlineData("unknown-8bit", "C3A9", "é")]
    [InlineData("unknown-8bit", "E9", "é")]
    public void Characters_are_those_of_the_charset_that_a_mail_names(string charset, string bytes, string expected)
    {
        byte[] header = Encoding.ASCII.GetBytes($"Content-Type: text/plain;\n\tcharset={charset}\n\n");

        Assert.Equal(expected, MailText.Of([.. header, .. Convert.FromHexString(bytes)]));
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/plain")]
    public void Markup_is_left_out(string type) => Assert.Equal(
        "Save 50 % today & tomorrow 1 < 2",
        Of($"Content-Type: {type}\n\n<html><style>b {{ x: y }}</style><!-- hidden <b> --><body bgcolor=\n\"red\">Save <b>50&nbsp;%</b>"
            + "<br>today &amp; tomorrow<script>alert('<p>')</script> 1 < 2</body></html>"));

    [Fact]
    public void Of_alternatives_the_first_that_says_something_is_read_and_of_a_mixture_all_texts()
    {
        const string mail =
            """
            Content-Type: multipart/mixed; boundary="outer=_1"

            This is for old programs.
            --outer=_1
            Content-Type: multipart/alternative;
             boundary=inner

            --inner

            Plain.
            --inner
            Content-Type: text/html

            <p>Marked up.</p>
            --inner--
            --outer=_1
            Content-Type: application/pdf
            Content-Transfer-Encoding: base64

            Q2Fm6Q==
            --outer=_1
            Content-Type: message/rfc822

            Subject: forwarded
            Content-Type: text/html

            <b>Forwarded.</b>
            --outer=_1--
            After the end.
            """;

        Assert.Equal("Plain. Forwarded.", Of(mail));
    }

    [Fact]
    public void Parts_nested_without_end_are_left_at_some_depth()
    {
        string mail = string.Concat(Enumerable.Range(0, 5_000).Select(level => $"Content-Type: multipart/mixed; boundary=x{level}.\n\n--x{level}.\n"))
            + "\ndeep";

        Assert.Equal("", Of(mail));
    }

    private static string Of(string mail) => MailText.Of(Encoding.Latin1.GetBytes(mail));
}
