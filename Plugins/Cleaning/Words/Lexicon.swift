/// All word lists of the stage, read once. A class, so that whoever asks them holds a reference, not a copy of each.
final class Lexicon: Sendable {
  let functionWords = WordList(PackageResources.function_words_txt)
  let joinFollowers = WordList(PackageResources.join_followers_txt)
  let joinExceptions = WordList(PackageResources.join_exceptions_txt)
  let commonWords = WordList(PackageResources.common_words_txt)
  let abbreviations = WordList(PackageResources.abbreviations_txt)
  let suffixes = WordList(PackageResources.suffixes_txt)
  let cueVerbs = WordList(PackageResources.cue_verbs_txt)
  let neverFinal = WordList(PackageResources.never_final_txt)
  let openEnds = WordList(PackageResources.open_ends_txt)
  let agencies = WordList(PackageResources.agencies_txt)
  let datelineLabels = WordList(PackageResources.dateline_labels_txt)
  let photoLabels = WordList(PackageResources.photo_labels_txt)
  let bylineLeads = WordList(PackageResources.byline_leads_txt)
}
