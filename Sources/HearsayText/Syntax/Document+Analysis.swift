public import Hearsay

extension Document {
  /// The text's words in a language, found by the first stage that asks for them. Without sentences the text is one.
  public mutating func analysis(in language: AnalysisLanguage) -> AnalyzedText {
    let sentences = sentencesOrWhole
    if let analysis = cached(AnalyzedText.self), analysis.isOf(sentences, in: language) { return analysis }
    let analysis = AnalyzedText(tokens(), text: bytes, sentences: sentences, language: language)
    cache(analysis)
    return analysis
  }

  /// Whom the text names, and whom its pronouns stand for, found by the first stage that asks.
  public mutating func pronounResolver(in language: AnalysisLanguage) -> PronounResolver {
    let analysis = analysis(in: language)
    if let known = cached(PronounResolver.self), known.analysis.isOf(analysis.sentenceSpans, in: language) {
      return known
    }
    let pronounResolver = PronounResolver(analysis, EntityIndex(analysis, in: bytes))
    cache(pronounResolver)
    return pronounResolver
  }
}
