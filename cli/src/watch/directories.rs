//! The directories in which something may happen. Directories are watched and not files, since many editors save by moving a new
//! file into the place of the old one.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::stop::Stop;

/// Saving is over when nothing has happened for so long.
const QUIET: Duration = Duration::from_millis(80);

/// So often that is waited for: something may be writing all day.
const PATIENCE: usize = 25;

pub(super) struct Directories {
    watcher: RecommendedWatcher,
    events: Receiver<Event>,
    watched: HashSet<PathBuf>,
}

impl Directories {
    /// None yet.
    pub(super) fn new() -> Result<Self, Stop> {
        let (sender, events) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            // What got lost may have been a change.
            let event = event.unwrap_or_else(|_| Event::new(EventKind::Other));
            // Reading is none, and the next look reads all files.
            if !event.kind.is_access() {
                let _ = sender.send(event);
            }
        });
        let watcher = watcher.map_err(|error| cannot(&error))?;
        Ok(Self { watcher, events, watched: HashSet::new() })
    }

    /// Watches these, too, each without those below it. Tells whether some of them are new.
    pub(super) fn add(&mut self, directories: impl Iterator<Item = PathBuf>) -> Result<bool, Stop> {
        let mut any = false;
        for directory in directories {
            let path = std::path::absolute(directory)?;
            // What went away in the meantime is not there to be watched.
            if path.is_dir() && !self.watched.contains(&path) {
                self.watcher.watch(&path, RecursiveMode::NonRecursive).map_err(|error| cannot(&error))?;
                self.watched.insert(path);
                any = true;
            }
        }
        Ok(any)
    }

    /// Waits until something happened, and then until it is over.
    pub(super) fn wait(&mut self) -> Result<(), Stop> {
        let first = self.events.recv().map_err(|_| Stop("cannot watch any more".to_owned()))?;
        self.forget(&first);
        for _ in 0..PATIENCE {
            let Ok(event) = self.events.recv_timeout(QUIET) else { break };
            self.forget(&event);
        }
        Ok(())
    }

    /// A directory that went away is watched anew when it comes back: by then it is another one.
    fn forget(&mut self, event: &Event) {
        if matches!(event.kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_))) {
            let gone: Vec<PathBuf> = self
                .watched
                .iter()
                .filter(|watched| event.paths.iter().any(|path| watched.starts_with(path)))
                .cloned()
                .collect();
            for path in gone {
                let _ = self.watcher.unwatch(&path);
                self.watched.remove(&path);
            }
        }
    }
}

fn cannot(error: &notify::Error) -> Stop {
    Stop(format!("cannot watch: {error}"))
}
