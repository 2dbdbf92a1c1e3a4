public import Hearsay

/// What a row of CSV is.
public enum RowKind: String, OptionEnum { case quotes, sentences, stances }
