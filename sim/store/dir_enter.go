package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// Look says why Create would refuse a directory, and changes nothing: so one can
// ask before a long computation. Whether another process writes there is left to
// Create.
func Look(path string, force bool) (err error) {
	there, err := isDir(path)
	if err != nil {
		return err
	}
	if !there {
		return checkTarget(path)
	}
	f, err := openFolder(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.close()) }()
	d := &Dir{folder: f}
	begun, content, err := d.look(force)
	switch {
	case err != nil || content == "":
		return err
	case !force:
		return d.notEmpty(begun)
	}
	journal, err := f.root.Open(runName)
	if err == nil {
		defer func() { _ = journal.Close() }() // opened for reading
	} else if !errors.Is(err, fs.ErrNotExist) {
		return explain("read", d.Path(runName), err)
	}
	_, _, err = d.owned(journal, content)
	return err
}

// look refuses a directory that no lock makes free. It says whether a run was
// begun there, killed or not, and names a file in it, if there is one.
func (d *Dir) look(force bool) (begun bool, content string, err error) {
	begun = isThere(d.Path(runName))
	content, err = d.content()
	switch {
	case err != nil:
	case isThere(d.Path(HeadName)):
		err = fmt.Errorf("%s: %w: it holds a data set, which --force does not replace; choose another directory", d.root.Name(), ErrNotEmpty)
	case !begun && content != "" && !force:
		err = d.notEmpty(false) // without a trace in what may be a stranger's directory
	}
	return begun, content, err
}

// enter locks the directory and makes it free for a new run, or says why not.
// When it refuses, nothing has been changed, but for what a killed run had not
// finished.
func (d *Dir) enter(force bool) error {
	begun, _, err := d.look(force)
	if err != nil {
		return err
	}
	if d.run, err = d.hold(runName, false); err != nil {
		return err
	}
	if begun {
		if err := d.sweep(true); err != nil {
			return err
		}
	}
	content, err := d.content()
	if err != nil {
		return err
	}
	if content != "" {
		if !force {
			return d.notEmpty(true)
		}
		if err := d.removeRun(content); err != nil {
			return err
		}
	}
	d.run.keep = false
	return nil
}

// content is a file in the directory that is neither the journal nor half
// written; nothing if there is none.
func (d *Dir) content() (string, error) {
	return d.first(func(rel string) bool { return rel == runName })
}

func (d *Dir) notEmpty(begun bool) error {
	if _, err := ReadManifest(d.root.Name()); err != nil && !begun {
		return fmt.Errorf("%s: %w and holds no run of epgsim; choose another directory (--force would only replace a run)", d.root.Name(), ErrNotEmpty)
	}
	return fmt.Errorf("%s: %w; give --force to replace the run in it, or choose another directory", d.root.Name(), ErrNotEmpty)
}

// removeRun takes the files of the run in the directory away, and the folders
// that become empty. The journal is told first, so that a run killed here can
// still be replaced.
func (d *Dir) removeRun(content string) error {
	paths, written, err := d.owned(d.run.file, content)
	if err != nil {
		return err
	}
	d.run.keep = true
	for _, versions := range sorted(written) {
		for _, f := range versions {
			if err := d.run.append(lockLine{File: &f}); err != nil {
				return err
			}
		}
	}
	for _, rel := range paths {
		if err := d.unlink(rel); err != nil {
			return explain("replace", d.Path(rel), err)
		}
		d.prune(path.Dir(rel))
	}
	return nil
}

// owned returns the paths of the run's files that are there, the manifest first,
// after making sure that they are as epgsim wrote them; and what it wrote, by
// path: several versions of a file, maybe. There may be no journal.
func (d *Dir) owned(journal *os.File, content string) (paths []string, written map[string][]File, err error) {
	written = map[string][]File{}
	if journal != nil {
		_, written = readLines(journal)
	}
	m, err := ReadManifest(d.root.Name())
	switch {
	case err == nil:
		for _, f := range m.Files {
			written[f.Path] = append(written[f.Path], f)
		}
		paths = append(paths, ManifestName)
		delete(written, ManifestName) // nothing holds its hash, its form must do
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, fmt.Errorf("%w; --force does not touch the directory, choose another", err)
	case len(written) == 0:
		return nil, nil, fmt.Errorf("%s: has content that was %w (%s), so --force does not touch it; choose another directory", d.root.Name(), ErrForeign, content)
	}
	for _, versions := range sorted(written) {
		rel, problem := versions[0].Path, ""
		if checkPath(rel) != nil {
			return nil, nil, fmt.Errorf("%s: names a file outside of the directory: %q: %w", d.Path(ManifestName), rel, ErrForeign)
		}
		for _, f := range versions {
			if problem = f.differs(d.root); problem == "" {
				paths = append(paths, rel)
				break
			}
		}
		if problem != "" && problem != isMissing {
			return nil, nil, fmt.Errorf("%s: %s; as it is now it was %w; move it away or choose another directory (--force only replaces what epgsim wrote)", d.Path(rel), problem, ErrForeign)
		}
	}
	return paths, written, nil
}
