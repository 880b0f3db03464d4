package store

import (
	"context"
	"fmt"
)

// takeStock sees which parts of the share are there. Those of a complete data
// set are trusted. If any is missing or spoilt the manifest goes, and all parts
// that it has not vouched for are examined.
func (d *Dataset) takeStock(ctx context.Context) error {
	_, raw, err := readHead(d.folder)
	if err != nil {
		return err
	}
	signed, err := d.vouched(ctx, raw)
	if err != nil {
		return err
	}
	if signed != nil {
		d.trust(signed)
		return d.tellStrangers()
	}
	if err := d.dropManifest(ctx); err != nil {
		return err
	}
	for k := range d.head.Parts() {
		if !d.shard.Owns(k) {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p := d.head.Part(k)
		files, bad := d.listed(p, d.hashed), (*Mismatch)(nil)
		if files == nil {
			files, bad = d.examine(p)
		}
		if bad == nil {
			d.done[p] = files
			continue
		}
		d.todo = append(d.todo, p)
		if bad.Problem == isMissing {
			continue
		}
		if err := d.discard(*bad); err != nil {
			return err
		}
	}
	return d.tellStrangers()
}

// vouched is what the manifest says of the files, by path, if it is of the head
// with these bytes and all parts of the share are there, by their ends; else nil.
func (d *Dataset) vouched(ctx context.Context, head []byte) (map[string]File, error) {
	signed := d.signed(head)
	if signed == nil {
		return nil, nil
	}
	problem, err := d.quick()
	if err != nil {
		return nil, err
	}
	for k := range d.head.Parts() {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if d.shard.Owns(k) && problem(d.head.Part(k)) != "" {
			return nil, nil
		}
	}
	return signed, nil
}

// signed is what the manifest says of the files, by path, if it is of the head
// with these bytes; else nil.
func (d *Dataset) signed(head []byte) map[string]File {
	m := d.knownGood()
	if m[HeadName].SHA256 != Hash(head) {
		return nil
	}
	return m
}

// knownGood is what a manifest says of the files, by path; nothing if there is
// none, or it is not as it was written.
func (d *Dataset) knownGood() map[string]File {
	m, err := readDatasetManifest(d.folder)
	if err != nil || m.changed {
		return nil
	}
	files := map[string]File{}
	for _, f := range m.Files {
		files[f.Path] = f
	}
	return files
}

// trust takes the share's parts for what the manifest says.
func (d *Dataset) trust(signed map[string]File) {
	for k := range d.head.Parts() {
		if p := d.head.Part(k); d.shard.Owns(k) {
			d.done[p] = d.listed(p, signed)
		}
	}
}

// listed are the files of a part as they are known, nil if one is not.
func (h *holding) listed(p Part, known map[string]File) []File {
	files := make([]File, len(h.head.Tables))
	for i := range files {
		var ok bool
		if files[i], ok = known[h.rel(i, p)]; !ok {
			return nil
		}
	}
	return files
}

// dropManifest takes the manifest away, because the data set is about to be
// incomplete. Its hashes would go with it, so the parts are compared with them
// first; what differs is removed, and so missing for whoever owns the part.
func (d *Dataset) dropManifest(ctx context.Context) error {
	known := d.knownGood()
	for k := range d.head.Parts() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		p := d.head.Part(k)
		for i := range d.head.Tables {
			f, ok := known[d.rel(i, p)]
			if !ok || d.fileProblem(i, p) != "" { // anybody sees that
				continue
			}
			problem := f.differs(d.folder.root)
			if problem == "" {
				d.hashed[f.Path] = f
			} else if err := d.discard(Mismatch{f.Path, problem}); err != nil {
				return err
			}
		}
	}
	return d.folder.remove(ManifestName)
}

// discard removes a damaged file of a part. That makes the part missing for
// everybody, also for who reads only ends.
func (d *Dataset) discard(bad Mismatch) error {
	if err := d.folder.remove(bad.Path); err != nil {
		return err
	}
	d.warnings = append(d.warnings, fmt.Sprintf("%s: %s; it is removed and computed again", d.Path(bad.Path), bad.Problem))
	return nil
}

// tellStrangers warns of files among the parts that are none.
func (d *Dataset) tellStrangers() error {
	strangers, _, err := d.others()
	for _, rel := range strangers {
		d.warnings = append(d.warnings, fmt.Sprintf("%s: not a part of this data set; it is left alone", d.Path(rel)))
	}
	return err
}

// examine reads all of a part, where problem reads the ends. It returns what
// the files are, or the first that is not sound.
func (h *holding) examine(p Part) ([]File, *Mismatch) {
	if problem := h.problem(p); problem != "" {
		return nil, &Mismatch{h.rel(0, p), problem}
	}
	files := make([]File, len(h.head.Tables))
	for i := range files {
		var err error
		if files[i], err = h.examineFile(i, p); err != nil {
			return nil, &Mismatch{h.rel(i, p), reason(err)}
		}
	}
	return files, nil
}

// examineFile makes sure that a file is what its own values come to when they
// are written. Pages have checksums, but what is around them has none.
func (h *holding) examineFile(i int, p Part) (File, error) {
	rel := h.rel(i, p)
	in, err := h.folder.root.Open(rel)
	if err != nil {
		return File{}, err
	}
	b, err := openBlock(in, h.head.Tables[i].Columns, p)
	if err != nil {
		return File{}, err
	}
	defer b.close()
	again := newSummer()
	if err := WriteTable(&again, Parquet, h.tableOf(i, p), b.copyLines); err != nil {
		return File{}, err
	}
	is, err := fileOf(h.folder.root, rel)
	if err == nil && is != again.file(rel) {
		err = fmt.Errorf("%w: it is not as this program writes it", errDamaged)
	}
	return is, err
}
