public import Hearsay

extension Document {
  /// The text's words in a language, found by the first stage that asks for them. Without sentences the text is one.
  public mutating func article(in language: ArticleLanguage) -> Article {
    let sentences = sentencesOrWhole
    if let article = kept(Article.self), article.isOf(sentences, in: language) { return article }
    let article = Article(tokens(), text: bytes, sentences: sentences, language: language)
    keep(article)
    return article
  }

  /// Whom the text names, and whom its pronouns stand for, found by the first stage that asks.
  public mutating func antecedents(in language: ArticleLanguage) -> Antecedents {
    let article = article(in: language)
    if let known = kept(Antecedents.self), known.article.isOf(article.sentenceSpans, in: language) { return known }
    let antecedents = Antecedents(article, NameIndex(article, in: bytes))
    keep(antecedents)
    return antecedents
  }
}
