import Hearsay
import HearsayStreams
import Testing

@Suite("Files become documents")
struct FormatTests {
  @Test(arguments: [
    ("a.txt", "one\ntwo", ["a.txt=one\ntwo"]),
    ("a.MD", "# one", ["a.MD=# one"]),
    ("a.jsonl", #"{"text":"one"}"# + "\n\n" + #"{"id":"x","text":"two"}"#, ["a.jsonl#0=one", "x=two"]),
    ("a.ndjson", #"{"text":"one"}"# + "\r\n", ["a.ndjson#0=one"]),
    ("a.csv", "id,text\n1,one\n,two\n", ["1=one", "a.csv#1=two"]),
    ("a.tsv", "id\ttext\n1\tone, two\n", ["1=one, two"]),
    ("plain", "just words", ["plain=just words"]),
    ("lines", "\u{FEFF}  " + #"{"text":"one"}"#, ["lines#0=one"]),
    ("note", "[Editor's note] words", ["note=[Editor's note] words"]),
    ("odd.xyz", "<not a tag", ["odd.xyz=<not a tag"]),
  ])
  func byNameOrByLook(_ name: String, _ content: String, _ lines: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, content)
    let reading = folder.read([name])
    #expect(reading.lines == lines)
    #expect(reading.documents.allSatisfy { $0.content == .text })
  }

  @Test(arguments: ["a.html", "a.HTM", "page", "page.php"])
  func pages(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, "\n<!DOCTYPE html><p>Hi")
    #expect(folder.read([name]).documents.map(\.content) == [.html])
  }

  @Test func aGivenFormatGoesBeforeTheName() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", #"{"text":"one"}"#)
    #expect(folder.read(["a.txt"], InputSettings(format: .jsonl)).lines == ["a.txt#0=one"])
    #expect(folder.read(["a.txt"], InputSettings(format: .html)).documents.map(\.content) == [.html])
  }

  @Test func fieldsCanHaveOtherNames() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.jsonl", #"{"url":"u","id":7,"body":"b","text":"short","page":1}"#)
    try folder.write("a.csv", "url,id,story,text\nu,7,b,short\n")
    try folder.write("h.jsonl", #"{"markup":"<p>x"}"#)
    let json = folder.read(["a.jsonl"], InputSettings(fields: FieldNames(text: "body", id: "url")))
    #expect(json.lines == ["u=b"])
    #expect(json.documents.first?.metadata == ["id": 7, "text": "short", "page": 1])
    let csv = folder.read(["a.csv"], InputSettings(fields: FieldNames(text: "story", id: "URL")))
    #expect(csv.lines == ["u=b"])
    #expect(csv.documents.first?.metadata == ["id": "7", "text": "short"])
    let page = folder.read(["h.jsonl"], InputSettings(fields: FieldNames(html: "markup")))
    #expect(page.documents.map(\.content) == [.html])
  }

  @Test func fieldsCanLieInObjects() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.jsonl",
      #"{"article":{"body":"b","head":{"id":"x"},"by":"Ann"},"sentences":[[0,1]],"meta":{"k":1},"d.e":"z","lang":"en"}"#
    )
    let reading = folder.read(
      ["a.jsonl"], InputSettings(fields: FieldNames(text: "article.body", id: "article.head.id")))
    let document = try #require(reading.documents.first)
    #expect(reading.lines == ["x=b"])
    #expect(document.metadata == ["k": 1, "article": ["by": "Ann"], "d.e": "z", "lang": "en"])
    #expect(document[Sentences.self].count == 1)
    #expect(folder.read(["a.jsonl"], InputSettings(fields: FieldNames(text: "d.e"))).documents.map(\.text) == ["z"])
    let missing = folder.read(["a.jsonl"], InputSettings(fields: FieldNames(text: "article.text")))
    #expect(missing.failures.map(\.code) == [.malformed])
  }

  @Test(arguments: [
    ("plain", "text,by\nx,y\n", ["x"]),
    ("quoted", "text\n\"a,b\"\n", ["a,b"]),
    ("a doubled quotation mark", "text\n\"say \"\"hi\"\"\"\n", ["say \"hi\""]),
    ("line breaks inside", "text,by\r\n\"a\r\nb\n\nc\",y\r\nd,z", ["a\r\nb\n\nc", "d"]),
    ("a byte order mark", "\u{FEFF}text\nx\n", ["x"]),
    ("blank lines", "text\n\nx\n\r\n", ["x"]),
    ("semicolons", "by;text\ny;a, b\n", ["a, b"]),
    ("other names", "Title,Content\nt,x\n", ["x"]),
    ("an exact name first", "TEXT,text\na,b\n", ["b"]),
    ("a quotation mark inside a value", "text,by\n5\" pipe,y\nz,y\n", ["5\" pipe", "z"]),
    ("text after the quotation mark", "text\n\"a\"b\n", ["ab"]),
    ("too few values", "by,text\ny\nz,x\n", ["", "x"]),
    ("nothing quoted", "text,by\n\"\",y\n", [""]),
  ])
  func rows(_ what: String, _ content: String, _ texts: [String]) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", content)
    for readBytes in [1, 7, 524_288] {
      let reading = folder.read(["a.csv"], readBytes: readBytes)
      #expect(reading.documents.map(\.text) == texts)
      #expect(reading.failures.isEmpty)
    }
  }

  @Test func otherColumnsAreMetadata() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "id,title,text,date\n1,Héllo,x,\n")
    #expect(folder.read(["a.csv"]).documents.first?.metadata == ["title": "Héllo"])
  }

  @Test(arguments: [
    (
      "a.csv", "title,date\nx,y\nz,w\n",
      "! a.csv:1: the header names no column 'text', 'body', 'content', 'html', only 'title', 'date'; "
        + "name the text's column in the input settings, such as 'fields: { text: story }'"
    ),
    (
      "a.csv", "text,by\n\na,b,c\n",
      "! a.csv:3: the row has 3 values, the header names 2 columns; "
        + "put values that hold the delimiter in quotation marks"
    ),
    (
      "a.csv", "text\nok\n\"no\nend\n",
      "! a.csv:3: a quotation mark in the row that begins here is never closed; "
        + "close it, or double it if it stands for itself"
    ),
    ("a.jsonl", "\n{\"text\":\"ok\"}\n{\"text\":1}\n", "! a.jsonl:3: expected a string at byte 8"),
    ("a.json", "[\n {\"text\":\"x\"}]", "! a.json: is one JSON array, not an object a line; convert it: jq -c '.[]'"),
    ("a.jsonl", "[1]", "! a.jsonl:1: expected a JSON object at byte 0"),
    ("a.jsonl", "{\"id\":\"x\"}", "! a.jsonl:1: the object has neither 'text' nor 'html' at byte 0"),
  ])
  func mistakesAreLocated(_ name: String, _ content: String, _ line: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, content)
    #expect(folder.read([name]).lines.last == line)
  }

  @Test func oneBadLineIsOneFailure() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.jsonl", Array("{\"text\":\"a\"}\n{\"text\":\"".utf8) + [0xFF] + Array("\"}\n{\"text\":\"b\"}\n".utf8))
    #expect(folder.read(["a.jsonl"]).lines == ["a.jsonl#0=a", "! a.jsonl:2: not valid UTF-8 at byte 9", "a.jsonl#2=b"])
  }

  @Test(arguments: ["a.txt", "a.html", "a.jsonl", "a.csv", "a"])
  func anEmptyFileIsNoted(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, "")
    let reading = folder.read([name])
    let isContainer = name.hasSuffix("l") && name.contains("json") || name.hasSuffix("csv")
    #expect(reading.documents.map(\.text) == (isContainer ? [] : [""]))
    #expect(reading.notices == ["\(name): the file \(isContainer ? "holds no documents" : "is empty")"])
    #expect(reading.failures.isEmpty)
  }

  @Test("A NUL costs its record, not its file", arguments: [1, 100, 524_288])
  func anEarlyNUL(readBytes: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.jsonl", "{\"text\":\"one\"}\n{\"text\":\"t\u{0}o\"}\n{\"text\":\"three\"}\n")
    try folder.write("b.jsonl", "\u{0}\n{\"text\":\"second\"}\n")
    try folder.write("c.csv", "text,by\nnul\u{0},x\nfine,y\n")
    try folder.write("d.jsonl.gz", gzip("\u{0}{\"text\":\"\"}\n{\"text\":\"packed\"}"))
    let reading = folder.read([""], readBytes: readBytes)
    #expect(reading.documents.map(\.text) == ["one", "three", "second", "nul\u{0}", "fine", "packed"])
    #expect(reading.failures.map(\.code) == [.malformed, .malformed, .malformed])
    #expect(reading.failures.map(\.line) == [2, 1, 1])
  }

  @Test("A file of NULs is still binary", arguments: ["a.jsonl", "a.csv"])
  func manyNULs(_ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, [UInt8](repeating: 0, count: 90) + Array("{\"text\":\"a\"}\n".utf8))
    #expect(folder.read([name]).failures.map(\.code) == [.binary])
  }

  @Test func rawBytesAreAnInputOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", "id;text\r\n1;x\r\n2;\"y\n\"\r\n")
    let batch = try #require(folder.read(["a.csv"]).batches.first)
    try folder.write("b.csv", batch.rawBytes(at: 1))
    #expect(folder.read(["b.csv"]).lines == ["2=y\n"])
    #expect(batch.place(at: 1).line == 3)
  }
}
