package store

import (
	"io"

	"github.com/parquet-go/parquet-go"
)

const (
	// rowGroupRows is how many rows a row group has at most. A row group is
	// held in memory, compressed, until it is whole.
	rowGroupRows = 1 << 16
	// rowGroupText ends a row group early when its texts are long, so that
	// memory stays bounded whatever they are. In bytes.
	rowGroupText = 32 << 20
	// batchRows is how many rows are gathered before they are handed over.
	batchRows = 256
	// batchText hands a batch over early when its texts are long. In bytes.
	batchText = 1 << 20
	// pageBytes is the size of a page before compression: four pages a row
	// group for numbers. Each column holds one page in memory.
	pageBytes = 128 << 10
	// createdBy names the layout, not the build: the version of the program is
	// in the metadata where the caller wants it, and equal tables are equal bytes.
	createdBy = "epgsim"
	layout    = "1"
)

// parquetEncoder gathers values by column and hands them to parquet-go column
// by column, which is three times as fast as by row.
type parquetEncoder struct {
	out     *parquet.GenericWriter[any]
	columns []*parquet.ColumnWriter
	batch   [][]value // by column; nulls are values too
	texts   []byte    // the bytes that the batch's text values point to
	inBatch int       // rows
	inGroup int       // rows
	long    int       // bytes of text in the row group
}

func newParquetEncoder(out io.Writer, t *Table) *parquetEncoder {
	options := []parquet.WriterOption{
		parquet.NewSchema("table", schemaOf(t.Columns)),
		parquet.CreatedBy(createdBy, layout, ""),
		parquet.Compression(&parquet.Zstd),
		parquet.PageBufferSize(pageBytes),
	}
	for k, v := range t.meta() { // parquet-go sorts them
		options = append(options, parquet.KeyValueMetadata(k, v))
	}
	e := &parquetEncoder{
		out:   parquet.NewGenericWriter[any](out, options...),
		batch: make([][]value, len(t.Columns)),
	}
	e.columns = e.out.ColumnWriters()
	for i := range e.batch {
		e.batch[i] = make([]value, 0, batchRows)
	}
	return e
}

// ordered is a group whose fields come in the declared order, where those of a
// parquet.Group come by name. parquet-go does the same for its variant type. A
// struct made by reflection would keep the order as well, but column names
// would have to pass through struct tags, where a comma means something.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

func (o ordered) Fields() []parquet.Field { return o.fields }

func schemaOf(columns []Column) parquet.Node {
	group := make(parquet.Group, len(columns))
	place := make(map[string]int, len(columns))
	for i, c := range columns {
		group[c.Name] = nodeOf(c.Type)
		place[c.Name] = i
	}
	fields := make([]parquet.Field, len(columns))
	for _, f := range group.Fields() {
		fields[place[f.Name()]] = f
	}
	return ordered{group, fields}
}

// nodeOf chooses how a column is stored. Integers are keys that count up, for
// which differences cost next to nothing; texts repeat, which zstd sees; floats are
// left as they are for zstd, and are the only type that can be missing.
func nodeOf(t Type) parquet.Node {
	switch t {
	case Int64:
		return parquet.Encoded(parquet.Int(64), &parquet.DeltaBinaryPacked)
	case Float64:
		return parquet.Optional(parquet.Leaf(parquet.DoubleType))
	case Text:
		// Not by a dictionary: the indices of runs of equal texts come out in other
		// bytes where the library has no assembly for the processor.
		return parquet.Encoded(parquet.String(), &parquet.Plain)
	default:
		return parquet.Leaf(parquet.BooleanType)
	}
}

func (e *parquetEncoder) row(values []value) error {
	for i, v := range values {
		defined := 0 // how many optional levels have a value
		switch v.Kind() {
		case parquet.Double:
			defined = 1
		case parquet.ByteArray: // when texts grows, earlier values go on pointing to the old array
			n := len(e.texts)
			e.texts = append(e.texts, v.ByteArray()...)
			e.long += len(v.ByteArray())
			v = parquet.ByteArrayValue(e.texts[n:len(e.texts):len(e.texts)])
		}
		e.batch[i] = append(e.batch[i], v.Level(0, defined, i))
	}
	e.inBatch++
	e.inGroup++
	full := e.inGroup == rowGroupRows || e.long >= rowGroupText
	if e.inBatch == batchRows || len(e.texts) >= batchText || full {
		if err := e.handOver(); err != nil {
			return err
		}
	}
	if !full {
		return nil
	}
	e.inGroup, e.long = 0, 0
	return e.out.Flush()
}

// handOver gives the batch to parquet-go.
func (e *parquetEncoder) handOver() error {
	for i, values := range e.batch {
		if len(values) == 0 {
			continue
		}
		if _, err := e.columns[i].WriteRowValues(values); err != nil {
			return err
		}
		e.batch[i] = values[:0]
	}
	e.texts, e.inBatch = e.texts[:0], 0
	return nil
}

func (e *parquetEncoder) close() error {
	if err := e.handOver(); err != nil {
		return err
	}
	return e.out.Close()
}
