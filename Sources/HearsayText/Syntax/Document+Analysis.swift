public import Hearsay

extension Document {
  /// The analysis of the text in a language, made by the first stage that asks for it. Without sentences the text is one.
  ///
  /// - Parameter cueVerbs: Verbs that report speech besides those of the language.
  public mutating func analysis(in language: Language, cueVerbs: [CueVerb] = []) -> AnalyzedText {
    let sentences = sentencesOrWhole
    if let analysis = cached(AnalyzedText.self), analysis.isOf(sentences, in: language, cueVerbs) { return analysis }
    let analysis = AnalyzedText(
      tokens(), text: bytes, sentences: sentences, language: language, cueVerbs: cueVerbs)
    cache(analysis)
    return analysis
  }

  /// Whom the text names, and whom its pronouns stand for, made by the first stage that asks for it.
  public mutating func pronounResolver(in language: Language, cueVerbs: [CueVerb] = []) -> PronounResolver {
    let analysis = analysis(in: language, cueVerbs: cueVerbs)
    if let known = cached(PronounResolver.self), known.analysis.isOf(analysis.sentenceSpans, in: language, cueVerbs) {
      return known
    }
    let pronounResolver = PronounResolver(analysis, EntityIndex(analysis, in: bytes))
    cache(pronounResolver)
    return pronounResolver
  }
}
