meta:
  id: lamina_region
  title: Lamina region file, version 1
  file-extension: lamina
  license: MIT
  endian: le
  bit-endian: le
doc: |
  The executable description of a region file: what stands where. It follows the chapters of this folder and cites their
  clauses; what it cannot say (checksums, order, agreement between tables, LZ4) is said there. Sections are found through
  the section table, so a later minor version's header and sections above kind 11 do no harm.
seq:
  - id: header
    type: header
    doc: Chapter 2.
  - id: longer_header
    size: header.len_header - 192
    doc: CMP-2; empty in minor version 0.
  - id: sections
    type: section
    repeat: expr
    repeat-expr: header.num_sections
    doc: Chapter 3.
instances:
  dictionary:
    pos: sections[0].ofs
    size: sections[0].len
    type: dictionary
    if: sections[0].len > 0
    doc: DIC-2.
  content:
    pos: sections[1].ofs
    size: sections[1].len
    doc: The blocks and the padding between them; each block is also found through its entry.
  blocks:
    pos: sections[2].ofs
    type: block
    repeat: expr
    repeat-expr: header.num_blocks
    doc: Chapter 4.
  numbers:
    pos: sections[3].ofs
    type: u4
    repeat: expr
    repeat-expr: sections[3].len / 4
    doc: NUM-2; empty if the numbers are consecutive (NUM-1).
  locations:
    pos: sections[4].ofs
    type: location
    repeat: expr
    repeat-expr: header.num_layers
  layers:
    pos: sections[5].ofs
    type: layer
    repeat: expr
    repeat-expr: header.num_layers
  layer_keywords:
    pos: sections[6].ofs
    type: u4
    repeat: expr
    repeat-expr: sections[6].len / 4
    doc: KEY-1.
  keywords:
    pos: sections[7].ofs
    type: keyword(_index)
    repeat: expr
    repeat-expr: header.num_keywords
  postings:
    pos: sections[8].ofs
    type: u4
    repeat: expr
    repeat-expr: sections[8].len / 4
    doc: KEY-4.
  names:
    pos: sections[9].ofs
    type: u4
    repeat: expr
    repeat-expr: sections[9].len / 4
    doc: NAM-1.
  strings:
    pos: sections[10].ofs
    size: sections[10].len
    doc: STR-2.
  name:
    pos: sections[10].ofs
    size: header.len_name
    type: str
    encoding: UTF-8
    if: header.has_name
    doc: HDR-16.
types:
  header:
    seq:
      - id: magic
        contents: [0x89, LMN, 0x0d, 0x0a, 0x1a, 0x0a]
        doc: HDR-1.
      - id: major
        type: u2
        valid: 1
        doc: HDR-2.
      - id: minor
        type: u2
        doc: HDR-2.
      - id: len_header
        type: u4
        valid:
          min: 192
          max: 4096
        doc: HDR-3.
      - id: required_features
        type: u8
        valid: 0
        doc: HDR-4.
      - id: optional_features
        type: u8
        doc: HDR-5.
      - id: len_file
        type: u8
        doc: HDR-6.
      - id: dimension
        type: u2
        valid:
          min: 1
        doc: HDR-7.
      - id: block_size_log2
        type: u1
        valid:
          min: 10
          max: 24
        doc: HDR-8.
      - id: alignment_log2
        type: u1
        valid:
          max: 12
        doc: HDR-9.
      - id: has_name
        type: b1
        doc: HDR-10.
      - id: has_size_bytes
        type: b1
      - id: has_frequency_min
        type: b1
      - id: has_frequency_max
        type: b1
      - id: simulated
        type: b1
      - id: unknown_flags
        type: b27
      - id: num_sections
        type: u4
        valid:
          min: 11
          max: 64
        doc: HDR-11.
      - id: num_layers
        type: u4
        valid:
          max: 33554432
        doc: HDR-12.
      - id: num_blocks
        type: u4
        valid:
          max: 33554432
        doc: HDR-13.
      - id: num_keywords
        type: u4
        valid:
          max: 134217728
        doc: HDR-14.
      - id: first_number
        type: u4
        doc: HDR-15.
      - id: len_name
        type: u4
        valid:
          max: 1024
        doc: HDR-16.
      - id: len_image
        type: u8
        doc: HDR-17.
      - id: len_content
        type: u8
        doc: HDR-18.
      - id: size_bytes
        type: u8
        doc: HDR-19; without meaning unless has_size_bytes.
      - id: frequency_min
        type: f8
        doc: HDR-19; hertz; without meaning unless has_frequency_min.
      - id: frequency_max
        type: f8
        doc: HDR-19; hertz; without meaning unless has_frequency_max.
      - id: fingerprint
        size: 16
        doc: HDR-20.
      - id: reserved
        size: 48
        doc: GEN-5.
      - id: section_table_checksum
        type: u8
        doc: HDR-21.
      - id: header_checksum
        type: u8
        doc: HDR-22.
  section:
    seq:
      - id: kind
        type: u4
        enum: section_kind
        doc: SEC-2.
      - id: must_be_known
        type: b1
        doc: SEC-3.
      - id: unknown_flags
        type: b31
      - id: ofs
        type: u8
        doc: SEC-4.
      - id: len
        type: u8
        doc: SEC-5.
      - id: checksum
        type: u8
        doc: SEC-7.
  dictionary:
    seq:
      - id: len_decoded
        type: u4
        valid:
          min: 1
          max: 65536
        doc: DIC-3.
      - id: stored
        size-eos: true
        doc: DIC-4; the dictionary itself if it is len_decoded long, else an LZ4 block.
  block:
    seq:
      - id: ofs
        type: u8
        doc: BLK-1.
      - id: ofs_image
        type: u8
        doc: BLK-2.
      - id: len_stored
        type: u4
        doc: BLK-3.
      - id: len_decoded
        type: u4
        doc: BLK-4.
      - id: checksum
        type: u8
        doc: BLK-6.
      - id: codec
        type: u4
        enum: codec
        doc: BLK-7.
      - id: first_layer
        type: u4
        doc: BLK-5.
    instances:
      stored:
        io: _root._io
        pos: ofs
        size: len_stored
        doc: The bytes in the file; with codec stored the decoded bytes.
  location:
    seq:
      - id: ofs_image
        type: u8
        doc: LOC-1.
      - id: len
        type: u4
        doc: LOC-2.
      - id: block
        type: u4
        doc: LOC-3; 4,294,967,295 for none.
  layer:
    seq:
      - id: frequency
        type: f8
        doc: LAY-1; hertz; without meaning unless has_frequency.
      - id: parent
        type: u4
        doc: LAY-2; 4,294,967,295 for none.
      - id: ofs_name
        type: u4
        doc: LAY-3; in the strings section.
      - id: len_name
        type: u2
        doc: LAY-3.
      - id: depth
        type: u2
        doc: LAY-4.
      - id: has_name
        type: b1
        doc: LAY-5.
      - id: has_frequency
        type: b1
      - id: simulated
        type: b1
      - id: unknown_flags
        type: b13
      - id: num_keywords
        type: u2
        doc: LAY-6.
      - id: keyword_start
        type: u4
        doc: LAY-6; index in layer_keywords.
      - id: reserved
        type: u4
        doc: GEN-5.
    instances:
      name:
        io: _root._io
        pos: _root.sections[10].ofs + ofs_name
        size: len_name
        type: str
        encoding: UTF-8
        if: has_name
  keyword:
    params:
      - id: index
        type: u4
    seq:
      - id: ofs_string
        type: u4
        doc: KEY-2; in the strings section.
      - id: posting_start
        type: u4
        doc: KEY-3; index in postings.
    instances:
      end_string:
        value: "index + 1 < _root.header.num_keywords ? _root.keywords[index + 1].ofs_string : _root.sections[10].len"
      end_posting:
        value: "index + 1 < _root.header.num_keywords ? _root.keywords[index + 1].posting_start : _root.sections[8].len / 4"
      text:
        io: _root._io
        pos: _root.sections[10].ofs + ofs_string
        size: end_string - ofs_string
        type: str
        encoding: UTF-8
enums:
  section_kind:
    1: dictionary
    2: content
    3: blocks
    4: numbers
    5: locations
    6: layers
    7: layer_keywords
    8: keywords
    9: postings
    10: names
    11: strings
  codec:
    0: stored
    1: lz4
    2: lz4_with_dictionary
