package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
)

// enter locks the directory and makes it free for a new run, or says why not.
// When it refuses, nothing has been changed, but for what a killed run had not
// finished.
func (d *Dir) enter(force bool) error {
	begun := isThere(d.Path(runName)) // by a run that was killed, or goes on
	content, err := d.content()
	switch {
	case err != nil:
		return err
	case isThere(d.Path(HeadName)):
		return fmt.Errorf("%s: %w: it holds a data set, which --force does not replace; choose another directory", d.root.Name(), ErrNotEmpty)
	case !begun && content != "" && !force:
		return d.notEmpty() // without a trace in what may be a stranger's directory
	}
	if d.run, err = d.hold(runName, false); err != nil {
		return err
	}
	if begun {
		if err := d.sweep(true); err != nil {
			return err
		}
	}
	if content, err = d.content(); err != nil {
		return err
	}
	if content != "" {
		if !force {
			return d.notEmpty()
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

func (d *Dir) notEmpty() error {
	if _, err := ReadManifest(d.root.Name()); err != nil && d.run == nil {
		return fmt.Errorf("%s: %w and holds no run of epgsim; choose another directory (--force would only replace a run)", d.root.Name(), ErrNotEmpty)
	}
	return fmt.Errorf("%s: %w; give --force to replace the run in it, or choose another directory", d.root.Name(), ErrNotEmpty)
}

// removeRun takes the files of the run in the directory away, and the folders
// that become empty. The journal is told first, so that a run killed here can
// still be replaced.
func (d *Dir) removeRun(content string) error {
	paths, written, err := d.owned(content)
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
		if err := d.root.Remove(rel); err != nil {
			return explain("replace", d.Path(rel), err)
		}
		d.prune(path.Dir(rel))
	}
	return nil
}

// owned returns the paths of the run's files that are there, the manifest first,
// after making sure that they are as epgsim wrote them; and what it wrote, by
// path: several versions of a file, maybe.
func (d *Dir) owned(content string) (paths []string, written map[string][]File, err error) {
	_, written = readLines(d.run.file)
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
