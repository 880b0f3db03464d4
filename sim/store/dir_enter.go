package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
)

// enter locks the directory and makes it free for a new run, or says why not.
// When it refuses, nothing has been changed, but for what a killed run had not
// finished.
func (d *Dir) enter(force bool) error {
	entries, running, err := d.look()
	switch {
	case err != nil:
		return err
	case slices.Contains(entries, HeadName):
		return fmt.Errorf("%s: %w: it holds a data set, which --force does not replace; choose another directory", d.path, ErrNotEmpty)
	case !running && len(entries) > 0 && !force:
		return d.notEmpty() // without a trace in what may be a stranger's directory
	}
	if d.run, err = d.folder.lock(runName, false, fewTries); err != nil {
		return err
	}
	if err := d.clear(force); err != nil {
		return errors.Join(err, d.run.release(d.run.stale))
	}
	return nil
}

// look lists what is in the directory, without the journal and what was left
// half done, and says whether there is a journal.
func (d *Dir) look() (entries []string, running bool, err error) {
	list, err := d.folder.list(".")
	for _, e := range list {
		switch name := e.Name(); {
		case name == runName:
			running = true
		case !isTemp(name) && !(e.IsDir() && d.isHollow(name)):
			entries = append(entries, name)
		}
	}
	return entries, running, err
}

// isHollow says whether there is no file below a folder: it is nobody's content.
func (d *Dir) isHollow(rel string) bool {
	return fs.WalkDir(d.folder.root.FS(), rel, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			err = fs.ErrExist
		}
		return err
	}) == nil
}

func (d *Dir) notEmpty() error {
	if _, err := d.manifest(); err != nil && d.run == nil {
		return fmt.Errorf("%s: %w and holds no run of epgsim; choose another directory (--force would only replace a run)", d.path, ErrNotEmpty)
	}
	return fmt.Errorf("%s: %w; give --force to replace the run in it, or choose another directory", d.path, ErrNotEmpty)
}

// manifest reads the manifest that is there.
func (d *Dir) manifest() (*Manifest, error) {
	b, err := d.folder.read(ManifestName)
	if err != nil {
		return nil, err
	}
	return decodeManifest(d.Path(ManifestName), b)
}

// clear removes the run that is in the directory, if it may.
func (d *Dir) clear(force bool) error {
	if d.run.stale { // the run before this one was killed
		if err := d.folder.sweep(true); err != nil {
			return err
		}
	}
	entries, _, err := d.look()
	if err != nil || len(entries) == 0 {
		return err
	}
	if !force {
		return d.notEmpty()
	}
	_, journal := readLines(d.run.file)
	owned, err := d.owned(entries, journal)
	if err != nil {
		return err
	}
	return d.removeRun(owned, journal)
}

// owned returns the files of the run in the directory that are there, the
// manifest first, after making sure that they are as epgsim wrote them. Several
// versions of a file may have been written.
func (d *Dir) owned(entries []string, journal map[string][]File) (paths []string, err error) {
	if slices.Contains(entries, ManifestName) {
		m, err := d.manifest()
		if err != nil {
			return nil, fmt.Errorf("%w; --force does not touch the directory, choose another", err)
		}
		for _, f := range m.Files {
			journal[f.Path] = append(journal[f.Path], f)
		}
		paths = append(paths, ManifestName)
		delete(journal, ManifestName) // nothing holds its hash, its form must do
	}
	if len(paths) == 0 && len(journal) == 0 {
		return nil, fmt.Errorf("%s: has content that was %w (%s), so --force does not touch it; choose another directory", d.path, ErrForeign, entries[0])
	}
	for _, versions := range sorted(journal) {
		rel, problem := versions[0].Path, ""
		if checkPath(rel) != nil {
			return nil, fmt.Errorf("%s: names a file outside of the directory: %q: %w", d.Path(ManifestName), rel, ErrForeign)
		}
		for _, f := range versions {
			if problem = f.differs(d.folder.root); problem == "" {
				paths = append(paths, rel)
				break
			}
		}
		if problem != "" && problem != isMissing {
			return nil, fmt.Errorf("%s: %s; as it is now it was %w; move it away or choose another directory (--force only replaces what epgsim wrote)", d.Path(rel), problem, ErrForeign)
		}
	}
	return paths, nil
}

// removeRun takes the files away, and the folders that become empty. The journal
// is told first, so that a run killed here can still be replaced.
func (d *Dir) removeRun(paths []string, journal map[string][]File) error {
	d.run.stale = true // if this fails half way, the journal must stay
	for _, versions := range sorted(journal) {
		for _, f := range versions {
			if err := d.run.append(lockLine{File: &f}); err != nil {
				return err
			}
		}
	}
	for _, rel := range paths {
		if err := d.folder.root.Remove(rel); err != nil {
			return explain("replace", d.Path(rel), err)
		}
		d.folder.prune(path.Dir(rel))
	}
	return nil
}
