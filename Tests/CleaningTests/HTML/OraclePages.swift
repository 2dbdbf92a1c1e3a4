/// Ordinary pages, with the habits that such pages have: end tags left out, tags that overlap, entities without a
/// semicolon, tables for layout.
enum OraclePages {
  static let all: [(name: String, html: String)] = [
    (
      "a news page",
      """
      <!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Bridge closes &mdash; The Gazette</title>
      <style>p > a { color: red } /* </p> */</style><script>if (1 < 2 && "<p>no</p>") { document.write("<b>x</b>") }</script></head>
      <body class="home page"><!-- top > bottom --><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>
      <main><article><h1>Bridge <em>closes</em></h1><p class=by>By <a rel=author href=#>Ann&nbsp;Lee</a>
      <p>The council voted <b>late</b> on <i>Sun</i>day &ndash; &ldquo;at last,&rdquo; said Tom&amp;Jerry&#39;s owner.
      <p>It cost &pound;5&frac12; million.<br>Nobody paid.<br><br>It was 3 < 5 and 7 > 2.</p>
      <blockquote>We wait<footer>Bo Ray</footer></blockquote><figure><img src=a.jpg alt="no > text"><figcaption>The bridge</figcaption></figure>
      </article></main><footer>&copy; 2024 The Gazette</footer></body></html>
      """
    ),
    (
      "an old page of tables",
      """
      <HTML><HEAD><TITLE>Old news</TITLE></HEAD><BODY BGCOLOR="#ffffff"><CENTER><TABLE BORDER=0 WIDTH=600><TR><TD VALIGN=top>
      <FONT FACE="Arial" SIZE=2><B>Menu</B><BR><A HREF="a.html">One</A><BR><A HREF="b.html">Two</A></FONT></TD>
      <TD><FONT SIZE=4>Old <I>headline</FONT></I><P>First paragraph of the story.<P>Second &quot;paragraph&quot;
      <TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE></TD></TR></TABLE></CENTER><HR>Foot</BODY></HTML>
      """
    ),
    (
      "lists and definitions",
      """
      <body><h2>Points</h2><ol><li>One<ul><li>inner one<li>inner two</ul><li>Two</ol><dl><dt>Term<dd>What it means
      <dt>Other<dd><p>More</dl><pre>  kept
        as it is</pre><p>Words in<span> a </span>row<a href=x>linked</a>and<strong>strong</strong>.</body>
      """
    ),
    (
      "forms and things without text",
      """
      <div>Before<form action=/search><input value="no text"><button>Go</button><select><option>A<option>B</select>
      <textarea>typed <b>text</b></textarea></form>after<noscript><p>No script</p></noscript><iframe src=x>frame</iframe>
      <svg viewBox="0 0 1 1"><title>drawing</title><path d="M0 0"/></svg><template><p>template</p></template>end</div>
      """
    ),
    (
      "tags that overlap",
      """
      <p>One <b>bold <i>both</b> italic</i> plain</p><p>Two <a href=1>link <a href=2>next</a> text</p></p><div>Three</span></div>
      <h3>Title</h2><p>Four<div>Five</p></div>Six<br/>Seven</br>Eight
      """
    ),
    (
      "character references",
      "<p>&lt;b&gt; &amp;amp; &eacute;t&eacute; &#233; &#xE9; &hellip; AT&T Q&A &copy 2024 &nosuch; &#8217; a&lt b</p>"
    ),
    (
      "comments and declarations",
      "<!doctype html><!-- a --><p>one<!-- b -- c -->two<!---->three<!-->four<?php echo 1 ?>five<![CDATA[ six ]]>seven</p>"
    ),
    ("text alone", "Nothing but text & a line\nor two."),
  ]
}
