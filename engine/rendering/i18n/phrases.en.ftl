# What several areas say: scoring forms, sources, conditions.
