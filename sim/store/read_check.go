package store

import (
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	// headerBytes is enough for the header of a page without long texts.
	headerBytes = 4 << 10
	// longestPage is more than a page of epgsim has when unpacked, in bytes: a
	// text that goes beyond rowGroupText may be long itself.
	longestPage = 8 * rowGroupText
)

// checkRows makes sure that the numbers of rows are possible and agree.
// parquet-go trusts them.
func checkRows(meta *format.FileMetaData) error {
	rows := int64(0)
	for _, group := range meta.RowGroups {
		if group.NumRows < 0 || group.NumRows > rowGroupRows {
			return fmt.Errorf("a row group of %d rows", group.NumRows)
		}
		rows += group.NumRows
	}
	if rows != meta.NumRows {
		return fmt.Errorf("%d rows in row groups, %d said", rows, meta.NumRows)
	}
	return nil
}

// checkChunk goes from header to header of the pages of a column in a row
// group, and makes sure that the counts and sizes in them are possible and agree.
// No checksum covers them, and parquet-go sets aside the memory that they ask
// for: a turned bit may ask for more than there is.
func checkChunk(in *os.File, group *format.RowGroup, column int) error {
	if column >= len(group.Columns) {
		return fmt.Errorf("%d columns in a row group", len(group.Columns))
	}
	if codec := group.Columns[column].MetaData.Codec; codec != format.Zstd { // others trust the size that the data say
		return fmt.Errorf("compressed by %v", codec)
	}
	return checkPages(in, group, column)
}

// checkPages is checkChunk, however the column is compressed.
func checkPages(in *os.File, group *format.RowGroup, column int) error {
	chunk, rows := &group.Columns[column].MetaData, group.NumRows
	at := chunk.DataPageOffset
	if d := chunk.DictionaryPageOffset; d > 0 && d < at {
		at = d
	}
	end := at + chunk.TotalCompressedSize
	values := int64(0)
	for at < end {
		header, length, err := pageHeader(in, at, end)
		if err != nil {
			return err
		}
		if header.UncompressedPageSize > longestPage || header.CompressedPageSize < 0 {
			return fmt.Errorf("a page of %d bytes", header.UncompressedPageSize)
		}
		if d := header.DictionaryPageHeader; d.Valid && int64(d.V.NumValues) > rows {
			return fmt.Errorf("%d different values in %d rows", d.V.NumValues, rows)
		}
		values += int64(header.DataPageHeader.V.NumValues) + int64(header.DataPageHeaderV2.V.NumValues)
		if values > rows {
			break
		}
		at += length + int64(header.CompressedPageSize)
	}
	if values != rows || chunk.NumValues != rows {
		return fmt.Errorf("%d values for %d rows", max(values, chunk.NumValues), rows)
	}
	return nil
}

// pageHeader reads the header of the page that begins at a place, and says how
// long it is. It holds the page's first and last value in order: a long text
// makes a long header, for which more is read.
func pageHeader(in *os.File, at, end int64) (header format.PageHeader, length int64, err error) {
	for most := int64(headerBytes); ; most *= 8 {
		buf := make([]byte, min(most, end-at))
		n, err := in.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return header, 0, err
		}
		header = format.PageHeader{}
		r := new(thrift.CompactProtocol).NewReaderFromBytes(buf[:n])
		err = thrift.NewDecoder(r).Decode(&header)
		if err != nil && int64(n) == most && most < longestPage {
			continue // there is more
		}
		return header, int64(r.BytesRead()), err
	}
}
